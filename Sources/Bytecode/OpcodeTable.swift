// One row for each opcode, read by decoder, verifier, disassembler and prepared copies.

/// How an instruction's operand is stored and what it counts.
public enum OperandFormat: UInt8, Sendable {
  /// The opcode alone.
  case none
  /// Variable-length unsigned.
  case variableUnsigned
  /// Variable-length signed.
  case variableSigned
  /// Index in the module's names.
  case name
  /// Index in the module's constants.
  case constant
  /// Number of a local.
  case local
  /// Positional | keyword << 8.
  case call
  /// Index in the code's children.
  case child
  /// `child`, then one byte.
  case childAndByte
  /// One or two bytes, forward.
  case unsignedOffset
  /// One or two bytes, either way.
  case signedOffset
  /// `signedOffset`, then one byte.
  case signedOffsetAndByte
}

/// How an instruction's effect on the stack follows from its operand n.
public enum StackEffect: UInt8, Sendable {
  /// As the row says.
  case fixed
  /// Pops n.
  case build
  /// Pops the extra byte's count.
  case closure
  /// Pops the extra byte's count and two.
  case closureDefaults
  /// Pops one, or two for a dict.
  case storeComprehension
  /// Pushes n.
  case unpack
  /// Pushes left + right + 1.
  case unpackStarred
  case call
  case callStarred
  case callMethod
  case callMethodStarred
  /// Pops one, or two with a specification.
  case format
  /// As `MatchOperation` says.
  case match
}

/// What decoder, verifier and disassembler know of an opcode.
public struct OpcodeRow: Sendable {
  public let operand: OperandFormat
  /// Slots taken and put by what `effect` does not cover.
  public let pops: UInt8
  public let pushes: UInt8
  public let effect: StackEffect
  /// Name without operands; empty for a reserved byte.
  public let name: StaticString

  // Inlined so that the table is laid out at compile time also where the compiler optimises for size.
  @inline(__always) init(_ operand: OperandFormat, _ pops: UInt8, _ pushes: UInt8, _ name: StaticString, _ effect: StackEffect = .fixed) {
    self.operand = operand
    self.pops = pops
    self.pushes = pushes
    self.effect = effect
    self.name = name
  }

  public var isReserved: Bool { name.utf8CodeUnitCount == 0 }
}

/// The rows, by byte.
public enum OpcodeTable {
  // Not for clients to copy: from there the table would be reached through an initialiser that runs once. Nor inlined: the whole table would be
  // copied to the stack (four fifths of the verifier's time).
  @export(interface) @inline(never) public static func row(_ opcode: Opcode) -> OpcodeRow { rows.span[Int(opcode.rawValue)] }

  static let rows: InlineArray<256, OpcodeRow> = [
    OpcodeRow(.none, 0, 0, ""),  // 00
    OpcodeRow(.variableUnsigned, 2, 1, "SET_FUNCTION_ATTRIBUTE"),  // 01
    OpcodeRow(.variableUnsigned, 0, 1, "FORMAT_VALUE", .format),  // 02
    OpcodeRow(.variableUnsigned, 0, 1, "BUILD_STRING", .build),  // 03
    OpcodeRow(.variableUnsigned, 0, 1, "LOAD_INTRINSIC"),  // 04
    OpcodeRow(.variableUnsigned, 0, 0, "MATCH", .match),  // 05
    OpcodeRow(.none, 1, 1, "WRAP_ASYNC_YIELD"),  // 06
    OpcodeRow(.name, 1, 1, "LOAD_CLASS_NAME"),  // 07
    OpcodeRow(.none, 0, 0, ""),  // 08
    OpcodeRow(.none, 0, 0, ""),  // 09
    OpcodeRow(.none, 0, 0, ""),  // 0a
    OpcodeRow(.none, 0, 0, ""),  // 0b
    OpcodeRow(.none, 0, 0, ""),  // 0c
    OpcodeRow(.none, 0, 0, ""),  // 0d
    OpcodeRow(.none, 0, 0, ""),  // 0e
    OpcodeRow(.none, 0, 0, ""),  // 0f
    OpcodeRow(.name, 0, 1, "LOAD_CONST_STRING"),  // 10
    OpcodeRow(.name, 0, 1, "LOAD_NAME"),  // 11
    OpcodeRow(.name, 0, 1, "LOAD_GLOBAL"),  // 12
    OpcodeRow(.name, 1, 1, "LOAD_ATTR"),  // 13
    OpcodeRow(.name, 1, 2, "LOAD_METHOD"),  // 14
    OpcodeRow(.name, 3, 2, "LOAD_SUPER_METHOD"),  // 15
    OpcodeRow(.name, 1, 0, "STORE_NAME"),  // 16
    OpcodeRow(.name, 1, 0, "STORE_GLOBAL"),  // 17
    OpcodeRow(.name, 2, 0, "STORE_ATTR"),  // 18
    OpcodeRow(.name, 0, 0, "DELETE_NAME"),  // 19
    OpcodeRow(.name, 0, 0, "DELETE_GLOBAL"),  // 1a
    OpcodeRow(.name, 2, 1, "IMPORT_NAME"),  // 1b
    OpcodeRow(.name, 1, 2, "IMPORT_FROM"),  // 1c
    OpcodeRow(.none, 0, 0, ""),  // 1d
    OpcodeRow(.none, 0, 0, ""),  // 1e
    OpcodeRow(.none, 0, 0, ""),  // 1f
    OpcodeRow(.childAndByte, 0, 1, "MAKE_CLOSURE", .closure),  // 20
    OpcodeRow(.childAndByte, 0, 1, "MAKE_CLOSURE_DEFARGS", .closureDefaults),  // 21
    OpcodeRow(.variableSigned, 0, 1, "LOAD_CONST_SMALL_INT"),  // 22
    OpcodeRow(.constant, 0, 1, "LOAD_CONST_OBJ"),  // 23
    OpcodeRow(.local, 0, 1, "LOAD_FAST_N"),  // 24
    OpcodeRow(.local, 0, 1, "LOAD_DEREF"),  // 25
    OpcodeRow(.local, 1, 0, "STORE_FAST_N"),  // 26
    OpcodeRow(.local, 1, 0, "STORE_DEREF"),  // 27
    OpcodeRow(.local, 0, 0, "DELETE_FAST"),  // 28
    OpcodeRow(.local, 0, 0, "DELETE_DEREF"),  // 29
    OpcodeRow(.variableUnsigned, 0, 1, "BUILD_TUPLE", .build),  // 2a
    OpcodeRow(.variableUnsigned, 0, 1, "BUILD_LIST", .build),  // 2b
    OpcodeRow(.variableUnsigned, 0, 1, "BUILD_MAP"),  // 2c
    OpcodeRow(.variableUnsigned, 0, 1, "BUILD_SET", .build),  // 2d
    OpcodeRow(.variableUnsigned, 0, 1, "BUILD_SLICE", .build),  // 2e
    OpcodeRow(.variableUnsigned, 0, 0, "STORE_COMP", .storeComprehension),  // 2f
    OpcodeRow(.variableUnsigned, 1, 0, "UNPACK_SEQUENCE", .unpack),  // 30
    OpcodeRow(.variableUnsigned, 1, 0, "UNPACK_EX", .unpackStarred),  // 31
    OpcodeRow(.child, 0, 1, "MAKE_FUNCTION"),  // 32
    OpcodeRow(.child, 2, 1, "MAKE_FUNCTION_DEFARGS"),  // 33
    OpcodeRow(.call, 0, 1, "CALL_FUNCTION", .call),  // 34
    OpcodeRow(.call, 0, 1, "CALL_FUNCTION_VAR_KW", .callStarred),  // 35
    OpcodeRow(.call, 0, 1, "CALL_METHOD", .callMethod),  // 36
    OpcodeRow(.call, 0, 1, "CALL_METHOD_VAR_KW", .callMethodStarred),  // 37
    OpcodeRow(.none, 0, 0, ""),  // 38
    OpcodeRow(.none, 0, 0, ""),  // 39
    OpcodeRow(.none, 0, 0, ""),  // 3a
    OpcodeRow(.none, 0, 0, ""),  // 3b
    OpcodeRow(.none, 0, 0, ""),  // 3c
    OpcodeRow(.none, 0, 0, ""),  // 3d
    OpcodeRow(.none, 0, 0, ""),  // 3e
    OpcodeRow(.none, 0, 0, ""),  // 3f
    OpcodeRow(.signedOffsetAndByte, 0, 0, "UNWIND_JUMP"),  // 40
    OpcodeRow(.none, 0, 0, ""),  // 41
    OpcodeRow(.signedOffset, 0, 0, "JUMP"),  // 42
    OpcodeRow(.signedOffset, 1, 0, "POP_JUMP_IF_TRUE"),  // 43
    OpcodeRow(.signedOffset, 1, 0, "POP_JUMP_IF_FALSE"),  // 44
    OpcodeRow(.unsignedOffset, 1, 0, "JUMP_IF_TRUE_OR_POP"),  // 45
    OpcodeRow(.unsignedOffset, 1, 0, "JUMP_IF_FALSE_OR_POP"),  // 46
    OpcodeRow(.unsignedOffset, 1, 3, "SETUP_WITH"),  // 47
    OpcodeRow(.unsignedOffset, 0, 0, "SETUP_EXCEPT"),  // 48
    OpcodeRow(.unsignedOffset, 0, 0, "SETUP_FINALLY"),  // 49
    OpcodeRow(.unsignedOffset, 0, 0, "POP_EXCEPT_JUMP"),  // 4a
    OpcodeRow(.unsignedOffset, 0, 1, "FOR_ITER"),  // 4b
    OpcodeRow(.none, 0, 0, ""),  // 4c
    OpcodeRow(.none, 0, 0, ""),  // 4d
    OpcodeRow(.none, 0, 0, ""),  // 4e
    OpcodeRow(.none, 0, 0, ""),  // 4f
    OpcodeRow(.none, 0, 1, "LOAD_CONST_FALSE"),  // 50
    OpcodeRow(.none, 0, 1, "LOAD_CONST_NONE"),  // 51
    OpcodeRow(.none, 0, 1, "LOAD_CONST_TRUE"),  // 52
    OpcodeRow(.none, 0, 1, "LOAD_NULL"),  // 53
    OpcodeRow(.none, 0, 1, "LOAD_BUILD_CLASS"),  // 54
    OpcodeRow(.none, 2, 1, "LOAD_SUBSCR"),  // 55
    OpcodeRow(.none, 3, 0, "STORE_SUBSCR"),  // 56
    OpcodeRow(.none, 1, 2, "DUP_TOP"),  // 57
    OpcodeRow(.none, 2, 4, "DUP_TOP_TWO"),  // 58
    OpcodeRow(.none, 1, 0, "POP_TOP"),  // 59
    OpcodeRow(.none, 2, 2, "ROT_TWO"),  // 5a
    OpcodeRow(.none, 3, 3, "ROT_THREE"),  // 5b
    OpcodeRow(.none, 3, 1, "WITH_CLEANUP"),  // 5c
    OpcodeRow(.none, 1, 0, "END_FINALLY"),  // 5d
    OpcodeRow(.none, 1, 1, "GET_ITER"),  // 5e
    OpcodeRow(.none, 1, 4, "GET_ITER_STACK"),  // 5f
    OpcodeRow(.none, 0, 0, ""),  // 60
    OpcodeRow(.none, 0, 0, ""),  // 61
    OpcodeRow(.none, 3, 1, "STORE_MAP"),  // 62
    OpcodeRow(.none, 1, 0, "RETURN_VALUE"),  // 63
    OpcodeRow(.none, 0, 0, "RAISE_LAST"),  // 64
    OpcodeRow(.none, 1, 0, "RAISE_OBJ"),  // 65
    OpcodeRow(.none, 2, 0, "RAISE_FROM"),  // 66
    OpcodeRow(.none, 1, 1, "YIELD_VALUE"),  // 67
    OpcodeRow(.none, 2, 1, "YIELD_FROM"),  // 68
    OpcodeRow(.none, 1, 0, "IMPORT_STAR"),  // 69
    OpcodeRow(.none, 0, 0, ""),  // 6a
    OpcodeRow(.none, 0, 0, ""),  // 6b
    OpcodeRow(.none, 0, 0, ""),  // 6c
    OpcodeRow(.none, 0, 0, ""),  // 6d
    OpcodeRow(.none, 0, 0, ""),  // 6e
    OpcodeRow(.none, 0, 0, ""),  // 6f
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 70
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 71
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 72
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 73
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 74
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 75
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 76
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 77
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 78
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 79
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 7a
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 7b
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 7c
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 7d
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 7e
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 7f
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 80
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 81
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 82
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 83
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 84
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 85
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 86
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 87
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 88
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 89
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 8a
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 8b
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 8c
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 8d
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 8e
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 8f
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 90
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 91
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 92
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 93
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 94
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 95
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 96
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 97
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 98
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 99
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 9a
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 9b
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 9c
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 9d
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 9e
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // 9f
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // a0
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // a1
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // a2
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // a3
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // a4
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // a5
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // a6
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // a7
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // a8
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // a9
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // aa
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // ab
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // ac
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // ad
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // ae
    OpcodeRow(.none, 0, 1, "LOAD_CONST_SMALL_INT"),  // af
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // b0
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // b1
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // b2
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // b3
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // b4
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // b5
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // b6
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // b7
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // b8
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // b9
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // ba
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // bb
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // bc
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // bd
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // be
    OpcodeRow(.none, 0, 1, "LOAD_FAST"),  // bf
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // c0
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // c1
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // c2
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // c3
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // c4
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // c5
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // c6
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // c7
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // c8
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // c9
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // ca
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // cb
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // cc
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // cd
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // ce
    OpcodeRow(.none, 1, 0, "STORE_FAST"),  // cf
    OpcodeRow(.none, 1, 1, "UNARY_OP"),  // d0
    OpcodeRow(.none, 1, 1, "UNARY_OP"),  // d1
    OpcodeRow(.none, 1, 1, "UNARY_OP"),  // d2
    OpcodeRow(.none, 1, 1, "UNARY_OP"),  // d3
    OpcodeRow(.none, 0, 0, ""),  // d4
    OpcodeRow(.none, 0, 0, ""),  // d5
    OpcodeRow(.none, 0, 0, ""),  // d6
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // d7
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // d8
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // d9
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // da
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // db
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // dc
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // dd
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // de
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // df
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // e0
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // e1
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // e2
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // e3
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // e4
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // e5
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // e6
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // e7
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // e8
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // e9
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // ea
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // eb
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // ec
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // ed
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // ee
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // ef
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // f0
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // f1
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // f2
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // f3
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // f4
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // f5
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // f6
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // f7
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // f8
    OpcodeRow(.none, 2, 1, "BINARY_OP"),  // f9
    OpcodeRow(.none, 0, 0, ""),  // fa
    OpcodeRow(.none, 0, 0, ""),  // fb
    OpcodeRow(.none, 0, 0, ""),  // fc
    OpcodeRow(.none, 0, 0, ""),  // fd
    OpcodeRow(.none, 0, 0, ""),  // fe
    OpcodeRow(.none, 0, 0, ""),  // ff
  ]
}
