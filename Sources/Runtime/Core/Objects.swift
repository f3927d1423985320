// Layouts of heap objects that the machine itself works on. Those of other types stand in the type's own file.
//
// The collector scans every word of an object that was not allocated as pointer-free, conservatively: a layout needs no description. An
// interior pointer keeps its object alive.

/// `str` and `bytes`: the bytes follow the struct.
public struct TextObject {
  public var header: ObjectHeader
  /// Seeded; 0 if not computed yet.
  public var hash: UInt32
  /// Bit 31: every byte is below 0x80.
  public var countAndFlag: UInt32
  public static var headerSize: Int { MemoryLayout<TextObject>.size }
  @inline(__always) public static func bytes(_ text: Ref<TextObject>) -> UnsafeMutablePointer<UInt8> {
    (UnsafeMutableRawPointer(text) + headerSize).assumingMemoryBound(to: UInt8.self)
  }
  @inline(__always) public static func text(_ text: Ref<TextObject>) -> Text {
    let flagged = text.pointee.countAndFlag
    return Text(start: bytes(text), count: Int(flagged & 0x7fff_ffff), isASCII: flagged & 0x8000_0000 != 0)
  }
}

/// `float` beyond the range that a word holds.
public struct FloatObject {
  public var header: ObjectHeader
  public var float: PyFloat
}

public struct ComplexObject {
  public var header: ObjectHeader
  public var real: PyFloat
  public var imaginary: PyFloat
}

/// `int` beyond the small ones: sign and magnitude, the limbs follow, little-endian, without leading zeros. Never holds a value that fits a
/// small integer.
public struct IntObject {
  public var header: ObjectHeader
  /// Limbs; negative for a negative number.
  public var signedCount: Int
  @inline(__always) public static func limbs(_ integer: Ref<IntObject>) -> UnsafeMutablePointer<UInt> {
    (UnsafeMutableRawPointer(integer) + MemoryLayout<IntObject>.size).assumingMemoryBound(to: UInt.self)
  }
}

/// Invariant: `items[count..<capacity]` are never read and hold null.
public struct ListObject {
  public var header: ObjectHeader
  public var count: Int
  public var capacity: Int
  public var items: UnsafeMutablePointer<Value>
}

/// The items follow the struct.
public struct TupleObject {
  public var header: ObjectHeader
  public var count: Int
  @inline(__always) public static func items(_ tuple: Ref<TupleObject>) -> UnsafeMutablePointer<Value> {
    (UnsafeMutableRawPointer(tuple) + MemoryLayout<TupleObject>.size).assumingMemoryBound(to: Value.self)
  }
}

public struct SliceObject {
  public var header: ObjectHeader
  public var start: Value
  public var stop: Value
  public var step: Value
}

/// `range` whose bounds fit small integers; others keep big integers in the same fields.
public struct RangeObject {
  public var header: ObjectHeader
  public var start: Value
  public var stop: Value
  public var step: Value
}

/// A Python function.
public struct FunctionObject {
  public var header: ObjectHeader
  public var code: Ref<CodeObject>
  /// The module's globals.
  public var globals: Ref<DictObject>
  /// Tuple of defaults of positional parameters, or null.
  public var defaults: Value
  /// Dict of defaults of keyword-only parameters, or null.
  public var keywordDefaults: Value
  /// Tuple of cells that become the first locals, or null.
  public var closure: Value
  /// Dict of the function's own attributes, or null.
  public var attributes: Value
}

/// A variable shared by a function and functions inside it.
public struct CellObject {
  public var header: ObjectHeader
  public var value: Value
}

public struct BoundMethodObject {
  public var header: ObjectHeader
  public var function: Value
  public var receiver: Value
}

/// A module made by Python code.
public struct ModuleObject {
  public var header: ObjectHeader
  public var globals: Ref<DictObject>
}

/// Names and constants that the code objects of one source file share.
public struct CodeContext {
  public var header: ObjectHeader
  public var names: UnsafeMutablePointer<Qstr>
  public var constants: UnsafeMutablePointer<Value>
  public var nameCount: UInt32
  public var constantCount: UInt32
}

/// The code of one function, class body or module body: the decoded prelude and where its parts lie.
public struct CodeObject {
  public var header: ObjectHeader
  public var context: Ref<CodeContext>
  /// The whole raw code (prelude included).
  public var bytes: UnsafePointer<UInt8>
  public var byteCount: UInt32
  /// Offset of the first instruction from `bytes`.
  public var instructionOffset: UInt32
  /// Offset of the code info: name and argument names, then the line table.
  public var infoOffset: UInt32
  /// Offset of the line table.
  public var lineTableOffset: UInt32
  /// `bytes + instructionOffset`.
  public var instructions: UnsafePointer<UInt8>
  /// Child code objects (Ref<CodeObject> each).
  public var children: UnsafeMutablePointer<Ref<CodeObject>>
  public var childCount: UInt32
  /// Locals, arguments and cells included; operands start above.
  public var localCount: UInt16
  /// Slots a frame needs beyond its locals: header, exception blocks and operands.
  public var frameSize: UInt16
  public var exceptionDepth: UInt16
  public var positionalCount: UInt16
  public var keywordOnlyCount: UInt16
  public var defaultCount: UInt16
  public var cellCount: UInt16
  public var flags: CodeFlags
  /// True if a call with exactly `positionalCount` positional arguments needs no rearranging: no `*args`, no keyword-only parameters, no cells, no generator.
  public var isSimple: Bool
  /// `SimpleKind`: which dispatch loop may enter the function at once.
  var simpleKind: UInt8
  /// `PreparationState`, and how often the code was called or its loops turned while it is cold.
  var preparation: UInt8
  var warmth: UInt16
  public var name: Qstr
  /// The prepared copy.
  var prepared: Ref<PreparedObject>?
}

/// Whose quick way of calling a function may be taken.
enum SimpleKind {
  /// Nobody's: arguments need arranging, or the code is still cold.
  static var none: UInt8 { 0 }
  static var bytecode: UInt8 { 1 }
  static var prepared: UInt8 { 2 }
  /// As `prepared`, for code of closures: their cells come before the arguments.
  static var preparedClosure: UInt8 { 3 }
}

/// Flags of a prelude, as in the .mpy format.
public struct CodeFlags: Equatable, Sendable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  public var isGenerator: Bool { rawValue & 1 != 0 }
  public var hasVariableKeywords: Bool { rawValue & 2 != 0 }
  public var hasVariableArguments: Bool { rawValue & 4 != 0 }
  public var hasKeywordDefaults: Bool { rawValue & 8 != 0 }
  /// Taipan: a coroutine that yields.
  public var isAsynchronousGenerator: Bool { rawValue & 0x20 != 0 }
}

/// An exception handler that is set up. Lies after the frame; the innermost is on top.
public struct ExceptionBlock {
  /// Where the handler's code begins.
  var handler: UnsafePointer<UInt8>
  /// The operand stack to cut back to; bit 0 set for `finally` and `with`.
  var stackAndKind: UInt
  /// The exception being handled while the handler runs, else null.
  var active: Value
  /// What `ThreadState.handled` was when the handler began.
  var outerHandled: Value
}

/// A running Python function, on the Python stack right after its locals, or inside a generator.
public struct Frame {
  /// The frame to go back to; nil where a native called.
  var previous: UnsafeMutablePointer<Frame>?
  var function: Ref<FunctionObject>
  var code: Ref<CodeObject>
  var locals: UnsafeMutablePointer<Value>
  /// The end of its extent on the stack.
  var limit: UnsafeMutablePointer<Value>
  /// Saved while another frame runs: the next instruction (of bytecode, or of prepared code).
  var ip: UnsafePointer<UInt8>
  /// Saved while another frame runs. Bytecode: the first free operand slot. Prepared code: where the result of the call goes.
  var sp: UnsafeMutablePointer<Value>
  /// One past the innermost exception block.
  var exceptionTop: UnsafeMutablePointer<ExceptionBlock>
  var kind: FrameKind
  /// Constructor frames: the new instance. Module and class bodies: their namespace dict. Generator frames: the generator.
  var extra: Value

  static var slotCount: Int { (MemoryLayout<Frame>.size &+ MemoryLayout<Value>.size &- 1) / MemoryLayout<Value>.size }
}

/// What to do when a frame ends; bits.
struct FrameKind: Equatable {
  var rawValue: UInt
  static var normal: FrameKind { FrameKind(rawValue: 0) }
  /// A native called: leave the dispatch loop.
  static var entryBit: UInt { 1 }
  /// `__init__` of an instance under construction, which is the result (`extra`).
  static var constructorBit: UInt { 2 }
  /// Body of a generator (`extra`).
  static var generatorBit: UInt { 4 }
  /// LOAD_NAME and STORE_NAME use `extra` (class and module bodies).
  static var namespaceBit: UInt { 8 }
  /// The generator was resumed by a `for` loop of the frame below.
  static var forLoopBit: UInt { 16 }
  /// It runs prepared code.
  static var preparedBit: UInt { 64 }
  /// The frame below runs the other form of code.
  static var crossingBit: UInt { 128 }

  /// The kind of a frame that returns to one of that kind.
  func following(_ previous: FrameKind) -> FrameKind {
    let crosses = (rawValue ^ previous.rawValue) & FrameKind.preparedBit != 0
    return FrameKind(rawValue: crosses ? rawValue | FrameKind.crossingBit : rawValue & ~FrameKind.crossingBit)
  }
}

/// A generator or coroutine. The frame, its locals, exception blocks and operands follow the struct: locals first.
public struct GeneratorObject {
  public var header: ObjectHeader
  /// Points into this object; nil once it has finished.
  var frame: UnsafeMutablePointer<Frame>?
  /// 0 not started, 1 suspended, 2 running, 3 finished.
  var state: UInt8
  /// Where the `for` loop that resumed it goes on when it ends.
  var exhausted: UnsafePointer<UInt8>?
  /// Exception to raise when resumed (`throw`, `pend_throw`), or null.
  var injected: Value
  public static var slots: Int { (MemoryLayout<GeneratorObject>.size &+ MemoryLayout<Value>.size &- 1) / MemoryLayout<Value>.size }
}

/// A class made by Python code.
public struct ClassObject {
  public var header: ObjectHeader
  public var name: Value
  /// Tuple of the bases as given.
  public var bases: Value
  /// Tuple: this class and its ancestors in method resolution order, without built-in types' own ancestors.
  public var resolutionOrder: Value
  public var namespace: Ref<DictObject>
  /// The built-in type that instances hold a value of (`object` if none).
  public var nativeBase: TypeID
  public var flags: ClassFlags
  /// Inline slots that new instances get, learned from earlier ones.
  public var learnedSlots: UInt16
  /// Shape of a new instance.
  public var rootShape: Ref<ShapeObject>?
  /// Shape of instances that keep their attributes in a dict.
  public var dictShape: Ref<ShapeObject>?
  /// All shapes of this class, linked by `ShapeObject.nextOfClass`.
  public var shapes: Ref<ShapeObject>?
  /// Python classes derived from this one: list of classes, or null.
  public var subclasses: Value
  /// The class's class, if not `type`; else null.
  public var metaclass: Value
  /// Cached `__init__` for construction with `initStamp`.
  var initStamp: UInt
  var initFunction: Value
  /// Version of the class: changes whenever an attribute of it or of an ancestor changes; 0 if no cache depends on it.
  public var stamp: UInt
}

/// What a class or an ancestor defines; checked before slow paths.
@frozen public struct ClassFlags: Sendable {
  public var rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
  public static var getattr: UInt16 { 1 }
  public static var setattr: UInt16 { 2 }
  public static var delattr: UInt16 { 4 }
  public static var getattribute: UInt16 { 8 }
  public static var finaliser: UInt16 { 16 }
  /// Some attribute of the class is a data descriptor (property or object with `__set__`).
  public static var dataDescriptors: UInt16 { 32 }
  public static var exception: UInt16 { 64 }
  public static var slots: UInt16 { 128 }
  public static var new: UInt16 { 256 }
  @inlinable public func contains(_ flag: UInt16) -> Bool { rawValue & flag != 0 }
}

/// The layout of instances: which attribute lies in which slot. Instances with the same attributes set in the same order share a shape.
public struct ShapeObject {
  public var header: ObjectHeader
  /// Version: unique among all shapes and times; 0 if no cache depends on it. Always even and at least 2 to the 17th, so never a header word.
  public var stamp: UInt
  public var owner: Ref<ClassObject>
  /// The shape without `name`; nil for a root.
  public var parent: Ref<ShapeObject>?
  /// Shapes with one attribute more: linked by `nextSibling`.
  public var firstChild: Ref<ShapeObject>?
  public var nextSibling: Ref<ShapeObject>?
  public var nextOfClass: Ref<ShapeObject>?
  /// The attribute added last.
  public var name: Qstr
  /// Attributes in all.
  public var count: UInt16
  /// Slots inside instances of this shape; further ones are in the overflow block.
  public var inlineCount: UInt16
  /// Attributes are in a dict at `overflow`.
  public var usesDict: Bool
}

/// An instance of a Python class. Inline slots follow; with a native base the first is the native value.
public struct InstanceObject {
  public var header: ObjectHeader
  /// Slots beyond the inline ones (UnsafeMutablePointer<Value>), or the attributes' dict, or 0.
  public var overflow: UInt
  @inline(__always) public static func slots(_ instance: Ref<InstanceObject>) -> UnsafeMutablePointer<Value> {
    (UnsafeMutableRawPointer(instance) + MemoryLayout<InstanceObject>.size).assumingMemoryBound(to: Value.self)
  }
}

/// One line of a cache from (version stamp, name) to what the attribute is.
struct AttributeCacheEntry {
  var stamp: UInt
  var name: UInt32
  var kind: UInt16
  var slot: UInt16
  /// Class attribute, method, or for stores the next shape.
  var value: Value
}

/// One line of a cache from (dict version, name) to the entry of a global, or the value of a built-in.
struct GlobalCacheEntry {
  var stamp: UInt
  var name: UInt32
  /// Position in the dict's entries; UInt32.max for a built-in, whose value is in `value`.
  var position: UInt32
  var value: Value
}
