// What the compiler hands to the runtime and what a .mpy file holds: a tree of code objects over one table of names and one of constants.
// The layout follows the .mpy v6 format (https://docs.micropython.org/en/latest/reference/mpyfiles.html): instructions name strings and
// constants by their index in these tables.
//
// All of it is flat memory, and not arrays of arrays: the Swift runtime makes the metadata of an array's storage when a program first needs it,
// which for a script of a few lines is more work than to compile it.

/// One source file after compilation. Does not change.
public final class CompiledModule {
  /// The texts of the names, one after the other, and where each ends.
  fileprivate let text: UnsafeMutablePointer<UInt8>
  fileprivate let nameEnds: UnsafeMutablePointer<UInt32>
  fileprivate let nameCount: Int
  /// Operands of `LOAD_CONST_OBJ`. Valid as long as the module.
  public let constants: UnsafeMutableBufferPointer<Constant>
  /// By number: where a code object's bytes and its children's numbers lie.
  fileprivate let codes: UnsafeMutablePointer<CodePlace>
  fileprivate let bytes: UnsafeMutablePointer<UInt8>
  fileprivate let children: UnsafeMutablePointer<UInt32>

  /// Copies its parts.
  /// - Parameters:
  ///   - names: must all be below `nameCount`; asked for one after the other, twice.
  ///   - codes: number 0 is the code of the module's body.
  ///   - bytes: of all code objects.
  ///   - children: of all code objects.
  public init(
    nameCount: Int, name: (Int) -> UnsafeBufferPointer<UInt8>, constants: UnsafeBufferPointer<Constant>, codes: UnsafeBufferPointer<CodePlace>,
    bytes: UnsafeBufferPointer<UInt8>, children: UnsafeBufferPointer<UInt32>
  ) {
    var textCount = 0
    for index in 0..<nameCount { textCount += name(index).count }
    text = .allocate(capacity: textCount)
    nameEnds = .allocate(capacity: nameCount)
    self.nameCount = nameCount
    var end = 0
    for index in 0..<nameCount {
      let bytes = name(index)
      if let start = bytes.baseAddress { (text + end).initialize(from: start, count: bytes.count) }
      end += bytes.count
      (nameEnds + index).initialize(to: UInt32(truncatingIfNeeded: end))
    }
    self.constants = .allocate(capacity: constants.count)
    for index in 0..<constants.count { self.constants.initializeElement(at: index, to: constants[index]) }
    self.codes = CompiledModule.copy(codes)
    self.bytes = CompiledModule.copy(bytes)
    self.children = CompiledModule.copy(children)
  }

  private static func copy<Element>(_ elements: UnsafeBufferPointer<Element>) -> UnsafeMutablePointer<Element> {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
    if let start = elements.baseAddress { copy.initialize(from: start, count: elements.count) }
    return copy
  }

  deinit {
    text.deallocate()
    nameEnds.deallocate()
    constants.deinitialize()
    constants.deallocate()
    codes.deallocate()
    bytes.deallocate()
    children.deallocate()
  }

  /// UTF-8 text of every name and interned string that instructions refer to; operand *n* means `names[n]`. `names[0]` is the source file's name.
  public var names: ModuleNames { ModuleNames(module: self) }
  /// The code of the module's body.
  public var root: CompiledCode { CompiledCode(module: self, number: 0) }
  /// A code object by its number, which must be that of one.
  public func code(_ number: Int) -> CompiledCode { CompiledCode(module: self, number: number) }

  /// Makes the instructions load `BaseException` whatever a program makes of that name: see `Verification`.
  public func fixExceptionTests(_ verification: Verification) {
    for test in verification.exceptionTests {
      let instruction = bytes + Int(codes[test.code].firstByte) + test.offset
      instruction[0] = Opcode.loadIntrinsic.rawValue
      var operand = instruction + 1
      // The operand keeps its length: its leading bytes become zeros.
      while operand.pointee & 0x80 != 0 {
        operand.pointee = 0x80
        operand += 1
      }
      operand.pointee = Intrinsic.baseException.rawValue
    }
  }
}

/// Where a code object's parts lie in those of its module.
public struct CodePlace {
  public var firstByte: UInt32
  public var byteCount: UInt32
  public var firstChild: UInt32
  public var childCount: UInt32

  public init(firstByte: Int, byteCount: Int, firstChild: Int, childCount: Int) {
    self.firstByte = UInt32(truncatingIfNeeded: firstByte)
    self.byteCount = UInt32(truncatingIfNeeded: byteCount)
    self.firstChild = UInt32(truncatingIfNeeded: firstChild)
    self.childCount = UInt32(truncatingIfNeeded: childCount)
  }
}

/// The names of a module.
public struct ModuleNames: RandomAccessCollection {
  fileprivate let module: CompiledModule

  public var startIndex: Int { 0 }
  public var endIndex: Int { module.nameCount }

  /// Valid as long as the module.
  public subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
    precondition(index >= 0 && index < module.nameCount)
    let start = index == 0 ? 0 : Int(module.nameEnds[index - 1])
    return UnsafeBufferPointer(start: module.text + start, count: Int(module.nameEnds[index]) - start)
  }
}

/// One function, class body, comprehension or module body.
public struct CompiledCode {
  fileprivate let module: CompiledModule
  /// Number among the module's code objects.
  public let number: Int

  private var place: CodePlace { module.codes[number] }

  /// Prelude, code info (name, argument names, line table) and instructions, exactly as a .mpy file stores them. Valid as long as the module.
  public var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: module.bytes + Int(place.firstByte), count: Int(place.byteCount))
  }

  /// Operands of `MAKE_FUNCTION` and its kin, in order.
  public var children: CodeChildren { CodeChildren(module: module, place: place) }
}

/// The code objects in another.
public struct CodeChildren: RandomAccessCollection {
  fileprivate let module: CompiledModule
  fileprivate let place: CodePlace

  public var startIndex: Int { 0 }
  public var endIndex: Int { Int(place.childCount) }

  public subscript(index: Int) -> CompiledCode {
    precondition(index >= 0 && index < endIndex)
    return CompiledCode(module: module, number: Int(module.children[Int(place.firstChild) + index]))
  }
}

/// A constant that does not fit an instruction.
public indirect enum Constant {
  case none
  case `true`
  case `false`
  case ellipsis
  /// Text that is not worth interning; UTF-8.
  case string([UInt8])
  case bytes([UInt8])
  /// An integer of any size, little-endian magnitude in 32-bit limbs without leading zeros.
  case integer(negative: Bool, magnitude: [UInt32])
  case float(Double)
  case complex(real: Double, imaginary: Double)
  case tuple([Constant])
}
