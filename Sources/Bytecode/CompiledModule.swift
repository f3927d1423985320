// What the compiler hands to the runtime and what a .mpy file holds: a tree of code objects over one table of names and one of constants.
// The layout follows the .mpy v6 format (https://docs.micropython.org/en/latest/reference/mpyfiles.html): instructions name strings and
// constants by their index in these tables.
//
// All of it is one block of memory: it can be refused as a whole, and Swift's own containers can't be refused at all.

/// One source file after compilation. Does not change. A trivial handle: whoever made the module calls `deallocate()`.
public struct CompiledModule {
  private let block: UnsafeMutableRawPointer
  private let context: UnsafeMutableRawPointer?
  private let release: WorkMemory.Release
  /// UTF-8 text of every name and interned string that instructions refer to; operand *n* means `names[n]`. `names[0]` is the source file's name.
  public let names: ModuleNames
  /// Operands of `LOAD_CONST_OBJ`.
  public let constants: ModuleConstants
  /// The code of the module's body.
  public let root: CompiledCode

  /// The parts that a module is made of.
  public struct Parts {
    public var nameCount = 0
    /// Encoded, one after the other, and where each ends.
    public var constants: UnsafeBufferPointer<UInt8>
    public var constantEnds: UnsafeBufferPointer<UInt32>
    /// Number 0 is the code of the module's body.
    public var codes: UnsafeBufferPointer<CodePlace>
    /// Of all code objects.
    public var bytes: UnsafeBufferPointer<UInt8>
    public var children: UnsafeBufferPointer<UInt32>

    public init(
      nameCount: Int, constants: UnsafeBufferPointer<UInt8>, constantEnds: UnsafeBufferPointer<UInt32>,
      codes: UnsafeBufferPointer<CodePlace>,
      bytes: UnsafeBufferPointer<UInt8>, children: UnsafeBufferPointer<UInt32>
    ) {
      self.nameCount = nameCount
      self.constants = constants
      self.constantEnds = constantEnds
      self.codes = codes
      self.bytes = bytes
      self.children = children
    }
  }

  /// Copies its parts; nil if there is no memory.
  /// - Parameter name: answers the names below `nameCount`; asked for one after the other, twice.
  public init?(_ parts: Parts, memory: WorkMemory, name: (Int) -> UnsafeBufferPointer<UInt8>) {
    var textCount = 0
    for index in 0..<parts.nameCount { textCount &+= name(index).count }
    let wordCount = parts.nameCount &+ parts.constantEnds.count &+ parts.children.count &+ 4 &* parts.codes.count
    let byteCount = 4 &* wordCount &+ textCount &+ parts.constants.count &+ parts.bytes.count
    guard let block = memory.allocate(memory.context, byteCount) else { return nil }
    self.block = block
    context = memory.context
    release = memory.release
    var place = block
    let codes = CompiledModule.copy(parts.codes, &place)
    let children = CompiledModule.copy(parts.children, &place)
    let constantEnds = CompiledModule.copy(parts.constantEnds, &place)
    let nameEnds = place.bindMemory(to: UInt32.self, capacity: parts.nameCount)
    place += 4 &* parts.nameCount
    let bytes = CompiledModule.copy(parts.bytes, &place)
    constants = ModuleConstants(ends: constantEnds, bytes: CompiledModule.copy(parts.constants, &place), endIndex: parts.constantEnds.count)
    let text = place.bindMemory(to: UInt8.self, capacity: textCount)
    var end = 0
    for index in 0..<parts.nameCount {
      let name = name(index)
      if let start = name.baseAddress { (text + end).update(from: start, count: name.count) }
      end &+= name.count
      nameEnds[index] = UInt32(truncatingIfNeeded: end)
    }
    names = ModuleNames(ends: nameEnds, text: text, endIndex: parts.nameCount)
    root = CompiledCode(codes: codes, allBytes: UnsafeMutablePointer(mutating: bytes), allChildren: children, number: 0)
  }

  private static func copy<Element>(_ elements: UnsafeBufferPointer<Element>, _ place: inout UnsafeMutableRawPointer) -> UnsafePointer<
    Element
  > {
    let copy = place.bindMemory(to: Element.self, capacity: elements.count)
    if let start = elements.baseAddress { copy.initialize(from: start, count: elements.count) }
    place += elements.count &* MemoryLayout<Element>.stride
    return UnsafePointer(copy)
  }

  /// A code object by its number, which must be that of one.
  public func code(_ number: Int) -> CompiledCode {
    CompiledCode(codes: root.codes, allBytes: root.allBytes, allChildren: root.allChildren, number: number)
  }

  /// Makes the instructions load `BaseException` whatever a program makes of that name: see `Verification`.
  public func fixExceptionTests(_ verification: Verification) {
    for test in verification.exceptionTests {
      let instruction = root.allBytes + Int(truncatingIfNeeded: root.codes[test.code].firstByte) + test.offset
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

  /// Frees the module; every view of a part of it is dead after that.
  public func deallocate() { release(context, block) }
}

/// Where a code object's parts lie in those of its module.
public struct CodePlace: BitwiseCopyable {
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

/// The names of a module. Valid as long as the module.
public struct ModuleNames: RandomAccessCollection {
  fileprivate let ends: UnsafePointer<UInt32>
  fileprivate let text: UnsafePointer<UInt8>
  public let endIndex: Int
  public var startIndex: Int { 0 }

  public subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
    precondition(index >= 0 && index < endIndex)
    let start = index == 0 ? 0 : Int(truncatingIfNeeded: ends[index - 1])
    return UnsafeBufferPointer(start: text + start, count: Int(truncatingIfNeeded: ends[index]) - start)
  }
}

/// The constants of a module. Valid as long as the module.
public struct ModuleConstants: RandomAccessCollection {
  fileprivate let ends: UnsafePointer<UInt32>
  fileprivate let bytes: UnsafePointer<UInt8>
  public let endIndex: Int
  public var startIndex: Int { 0 }

  public subscript(index: Int) -> Constant {
    precondition(index >= 0 && index < endIndex)
    var place = bytes + (index == 0 ? 0 : Int(truncatingIfNeeded: ends[index - 1]))
    return ConstantCode.read(&place)
  }
}

/// One function, class body, comprehension or module body. Valid as long as the module.
public struct CompiledCode {
  fileprivate let codes: UnsafePointer<CodePlace>
  fileprivate let allBytes: UnsafeMutablePointer<UInt8>
  fileprivate let allChildren: UnsafePointer<UInt32>
  /// Number among the module's code objects.
  public let number: Int

  private var place: CodePlace { codes[number] }

  /// Prelude, code info (name, argument names, line table) and instructions, exactly as a .mpy file stores them.
  public var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: allBytes + Int(truncatingIfNeeded: place.firstByte), count: Int(truncatingIfNeeded: place.byteCount))
  }

  /// Operands of `MAKE_FUNCTION` and its kin, in order.
  public var children: CodeChildren { CodeChildren(code: self, place: place) }
}

/// The code objects in another.
public struct CodeChildren: RandomAccessCollection {
  fileprivate let code: CompiledCode
  fileprivate let place: CodePlace

  public var startIndex: Int { 0 }
  public var endIndex: Int { Int(truncatingIfNeeded: place.childCount) }

  public subscript(index: Int) -> CompiledCode {
    precondition(index >= 0 && index < endIndex)
    let number = code.allChildren[Int(truncatingIfNeeded: place.firstChild) + index]
    return CompiledCode(codes: code.codes, allBytes: code.allBytes, allChildren: code.allChildren, number: Int(truncatingIfNeeded: number))
  }
}
