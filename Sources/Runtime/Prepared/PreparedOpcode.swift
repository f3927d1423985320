// The instructions of prepared code: a function that has become warm runs from a copy of its bytecode in which operands have a fixed width,
// values are named by their slot in the frame instead of being pushed and popped, and frequent sequences are one instruction.
//
// A *slot* is an index from the frame's first local: locals come first, then the frame itself, its exception blocks, and the places of
// the operand stack. Where the bytecode pushes a local or a constant that the next instruction uses up, prepared code names it at once.
//
// Each row: the words it takes, and its fields. `K` is a value in the word that follows.

/// What a prepared instruction does.
enum PreparedOpcode: UInt8 {
  // MARK: Moves
  /// a ← b
  case move = 0
  /// a, a + 1 ← b, c
  case movePair
  /// a ← K
  case loadConstant
  /// Raises NameError if local a is unbound.
  case checkLocal
  /// Unbinds local a; NameError if it is unbound.
  case deleteLocal
  /// a ← what cell b holds; NameError if nothing
  case loadCell
  /// cell a ← b
  case storeCell

  // MARK: Globals: a, then a `GlobalSite`
  /// a ← the global, else the builtin
  case loadGlobal
  /// As `loadGlobal`, known to be an entry of the globals.
  case loadGlobalEntry
  /// As `loadGlobal`, known to be a builtin.
  case loadGlobalBuiltin
  /// global ← a
  case storeGlobal

  // MARK: Attributes: a, b, then an `AttributeSite`
  /// a ← attribute of b
  case getAttribute
  /// As `getAttribute`, last seen in a slot of the instance.
  case getAttributeInline
  /// As `getAttribute`, last seen as one value for all instances.
  case getAttributeConstant
  /// As `getAttribute`, last seen in the namespace of a class.
  case getAttributeOfClass
  /// a, a + 1 ← the method of b and its receiver (or the attribute and nothing)
  case loadMethod
  /// As `loadMethod`, last seen as a method of the class.
  case loadMethodOfClass
  /// attribute of a ← b
  case setAttribute
  /// As `setAttribute`, last seen in a slot of the instance.
  case setAttributeInline

  // MARK: Items
  /// a ← b[c]
  case getItem
  /// a ← b[K]
  case getItemConstant
  /// a[b] ← c
  case setItem

  // MARK: Arithmetic: a ← b op c, or b op K; flag: the `BinaryOperator`
  case add, addConstant, subtract, subtractConstant, multiply, multiplyConstant
  case bitAnd, bitAndConstant, shiftRight, shiftRightConstant, shiftLeft, shiftLeftConstant
  case floorDivide, floorDivideConstant, modulo, moduloConstant, trueDivide
  /// Any other operator.
  case binary
  /// a ← not b
  case not
  /// a ← op b; flag: the `UnaryOperator`
  case unary

  // MARK: Comparisons
  /// a ← b op c; flag: the `BinaryOperator`
  case compare
  // If a op b (or a op K) is what `flag` says (1: true), jumps by c words.
  case jumpIfLess, jumpIfLessConstant, jumpIfMore, jumpIfMoreConstant, jumpIfLessEqual, jumpIfLessEqualConstant
  case jumpIfMoreEqual, jumpIfMoreEqualConstant, jumpIfEqual, jumpIfEqualConstant, jumpIfNotEqual, jumpIfNotEqualConstant
  case jumpIfSame, jumpIfSameConstant, jumpIfIn, jumpIfInConstant

  // MARK: Jumps by the signed number of words in b and c
  case jump
  /// Jumps back: looks whether anything is pending.
  case jumpBack
  /// If a is true.
  case jumpIfTrue
  /// If a is false.
  case jumpIfFalse

  // MARK: Loops
  /// a ← an iterator of b
  case getIterator
  /// The four slots from a on ← a loop over the iterable in a
  case startLoop
  /// b ← the next item of the loop at a; at its end jumps by c words. flag: `unpackPair` of the item is what comes next.
  case forIterate

  // MARK: Calls
  /// b ← call of the value in a with the `flag` arguments from a + 1 on, c of them (pairs) by keyword
  case call
  /// As `call`; the receiver or nothing is in a + 1, arguments from a + 2 on.
  case callMethod
  /// As `call` and `callMethod`, in code of a generator, whose frame is not on the Python stack.
  case callFromHeap, callMethodFromHeap
  /// a ← call with stars, operands from a on; flag: method; b positional, c by keyword
  case callStarred
  /// Ends the frame with a.
  case returnValue
  /// Ends the frame with K.
  case returnConstant
  /// Suspends the frame; a is the depth of its operands, the yielded value included.
  case yieldValue
  /// `yield from` with the iterator and the sent value below slot a.
  case yieldFrom

  // MARK: Containers
  /// c ← tuple of the b values from a on
  case buildTuple
  /// c ← list of the b values from a on
  case buildList
  /// Appends b to the list in a.
  case appendItem
  /// Adds b to the set in a.
  case addItem
  /// Stores c under the key b in the dict in a.
  case storeEntry
  /// The b slots from a on ← the items of c, the first one in the last slot
  case unpack
  /// Locals a and b ← the two items of c
  case unpackPair

  // MARK: Exceptions; jumps by the words in b and c
  /// Sets a handler up; the operands begin at slot a. flag: `finally`.
  case setUpHandler
  /// `with`: the manager in a makes room for its `__exit__` and receiver; a + 2 ← what `__enter__` answers.
  case setUpWith
  /// Calls `__exit__`, which is at a; the cause of the end, two slots further, moves down.
  case cleanUpWith
  /// The end of a `finally` or `except` whose cause is in a and a + 1 (or, flag 0, an exception in a).
  case endFinally
  /// Leaves `flag` blocks and jumps.
  case unwindJump
  /// Leaves the innermost block and jumps.
  case popBlockJump
  /// Raises the exception being handled.
  case raiseLast
  /// Raises a.
  case raise
  /// Raises a from b.
  case raiseFrom

  /// An instruction of the bytecode (flag) with the operand in b and c, on operands that end below slot a.
  case other
  /// As `other`, for instructions of two operands: the second is in the next word.
  case otherWide
}

/// One word of prepared code: an instruction, or the 64 bits that an instruction has besides.
struct PreparedWord {
  var opcode: PreparedOpcode
  var flag: UInt8
  var a: UInt16
  var b: UInt16
  var c: UInt16

  /// Words that instructions of this kind take, themselves included.
  static func length(_ opcode: PreparedOpcode) -> Int {
    switch opcode {
    case .loadConstant, .getItemConstant, .addConstant, .subtractConstant, .multiplyConstant, .bitAndConstant, .shiftRightConstant,
      .shiftLeftConstant, .floorDivideConstant, .moduloConstant, .jumpIfLessConstant, .jumpIfMoreConstant, .jumpIfLessEqualConstant,
      .jumpIfMoreEqualConstant, .jumpIfEqualConstant, .jumpIfNotEqualConstant, .jumpIfSameConstant, .jumpIfInConstant, .returnConstant,
      .otherWide:
      return 2
    case .loadGlobal, .loadGlobalEntry, .loadGlobalBuiltin, .storeGlobal, .getAttribute, .getAttributeInline, .getAttributeConstant,
      .getAttributeOfClass, .loadMethod,
      .loadMethodOfClass, .setAttribute, .setAttributeInline:
      return 4
    default: return 1
    }
  }

  /// b and c as one signed number.
  @inline(__always) var wide: Int { Int(Int32(bitPattern: UInt32(b) | UInt32(c) &<< 16)) }
  /// c as a signed number.
  @inline(__always) var distance: Int { Int(Int16(bitPattern: c)) }
}

/// What a place in the code has learnt about a global: three words.
struct GlobalSite {
  var name: UInt32
  /// Position in the entries of the globals.
  var position: UInt32
  /// Version of the globals; 0 if nothing is known.
  var stamp: UInt
  /// The builtin.
  var value: Value
}

/// What a place in the code has learnt about an attribute: three words.
struct AttributeSite {
  var name: UInt32
  var slot: UInt32
  /// Version of the shape (or other key of the attribute cache); 0 if nothing is known.
  var stamp: UInt
  /// The method or class attribute; for a store that adds the attribute the word of the shape to come, else null.
  var value: Value
}

/// Prepared code: the words follow the struct, then for each word the offset of the bytecode instruction that it comes from.
struct PreparedObject {
  var header: ObjectHeader
  var wordCount: Int

  @inline(__always) static func words(_ object: Ref<PreparedObject>) -> UnsafeMutablePointer<PreparedWord> {
    UnsafeMutableRawPointer(object + 1).assumingMemoryBound(to: PreparedWord.self)
  }
  static func offsets(_ object: Ref<PreparedObject>) -> UnsafeMutablePointer<UInt16> {
    UnsafeMutableRawPointer(words(object) + object.pointee.wordCount).assumingMemoryBound(to: UInt16.self)
  }
}

extension UnsafeMutablePointer where Pointee == PreparedWord {
  /// The value in the word after an instruction. (`self` points to the instruction.)
  @inline(__always) var constant: Value { UnsafeMutableRawPointer(self + 1).assumingMemoryBound(to: Value.self).pointee }
  @inline(__always) var globalSite: UnsafeMutablePointer<GlobalSite> {
    UnsafeMutableRawPointer(self + 1).assumingMemoryBound(to: GlobalSite.self)
  }
  @inline(__always) var attributeSite: UnsafeMutablePointer<AttributeSite> {
    UnsafeMutableRawPointer(self + 1).assumingMemoryBound(to: AttributeSite.self)
  }
}
