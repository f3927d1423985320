// The state of one interpreter and of one of its threads. There are no globals: every native gets a `VM`, which leads here.

/// What a port gives to an interpreter, set field by field (a value of so many functions is more than the compiler takes): the tables of the modules it carries and the few things only an operating system or a board can do.
public struct Port {
  /// Writes the row of a type; false if there is none. (Not a result: see `RowAccess`.)
  public typealias TypeLookUp = @convention(thin) (TypeID, UnsafeMutablePointer<TypeRow>) -> Bool
  /// Writes the row of a module; false past the last.
  public typealias ModuleLookUp = @convention(thin) (Int, UnsafeMutablePointer<ModuleRow>) -> Bool
  /// Types beyond Runtime's own.
  public var type: TypeLookUp
  /// Modules beyond Runtime's own, by index from 0; nil past the last.
  public var module: ModuleLookUp
  /// Compiles source text. Absent in an engine without a compiler.
  public var compile: (@convention(thin) (VM, Text, _ fileName: Text, CompileMode) throws(PyError) -> Value)?
  /// Writes to the standard output or error: see `StreamNumber`.
  public var write: @convention(thin) (VM, _ stream: Int, UnsafePointer<UInt8>, Int) -> Void
  /// Reads up to so many bytes, at least one, from the standard input; 0 at its end, negative (minus errno) on errors and when interrupted.
  public var read: @convention(thin) (VM, UnsafeMutablePointer<UInt8>, Int) -> Int
  /// Reads a line for `input()` with the given prompt, where lines must be edited (`consoleInput` of the target Console); else absent.
  public var input: (@convention(thin) (VM, Value) throws(PyError) -> Value)?
  /// Waits up to so many milliseconds (negative: for ever) until one of the descriptors is ready or something else wants attention; answers how
  /// many are. A descriptor that can't be asked is ready with `PollEntry.invalid`.
  public var poll: @convention(thin) (VM, UnsafeMutablePointer<PollEntry>, Int, _ milliseconds: Int) -> Int
  /// What the module `machine` asks of a board: a `MachineOperation` and its argument; negative is minus an errno. Absent on a host.
  public var machine: (@convention(thin) (VM, Int, Int) -> Int)?
  /// Nanoseconds of a clock that never steps back.
  public var monotonicNanoseconds: @convention(thin) () -> UInt64
  /// Nanoseconds since 1970, or nil where nobody set the clock.
  public var wallNanoseconds: @convention(thin) () -> Int64?
  public var sleepNanoseconds: @convention(thin) (VM, UInt64) -> Void
  /// Fills memory with random bytes.
  public var randomBytes: @convention(thin) (UnsafeMutablePointer<UInt8>, Int) -> Void
  /// The image of frozen modules (see `RomImage`), if there is one.
  public var frozenImage: UnsafePointer<UInt8>?
  /// The files that import and `open` see.
  public var files: FileOperations
  /// Whether there are files besides those of mounted file systems.
  public var hasFiles: Bool
  /// What the module `os` needs; not set where a port does not carry that module.
  public var folders: FolderOperations
  /// Calls a function of the embedder by its number. Set by embedders that make `EmbedderFunctionObject`s.
  public var callEmbedder: @convention(thin) (VM, Int, Arguments) throws(PyError) -> Value
  public var platformName: Qstr
  /// The machine as in `sys.implementation._machine`.
  public var machineName: StaticString
}

/// A descriptor and what is asked and told of it, as POSIX's `poll` has it.
public struct PollEntry: Sendable {
  public var descriptor: Int32
  public var events: Int16
  public var ready: Int16

  public init(descriptor: Int32, events: Int16) {
    self.descriptor = descriptor
    self.events = events
    ready = 0
  }

  public static var readable: Int16 { 1 }
  public static var writable: Int16 { 4 }
  public static var failed: Int16 { 8 }
  public static var hungUp: Int16 { 16 }
  public static var invalid: Int16 { 32 }
}

/// Questions of the module `machine` to a board.
public enum MachineOperation {
  public static var reset: Int { 0 }
  public static var idle: Int { 1 }
  /// Answers whether they were enabled.
  public static var disableInterrupts: Int { 2 }
  /// Disables them if the argument is 0.
  public static var enableInterrupts: Int { 3 }
  /// The processor's clock in hertz.
  public static var frequency: Int { 4 }
  /// The address and length of the chip's identity.
  public static var identity: Int { 5 }
  public static var identityLength: Int { 6 }
  public static var resetCause: Int { 7 }
}

/// File access of a port, by small integer descriptors. Results below zero are minus an errno.
public struct FileOperations: Sendable {
  /// 0 nothing there, 1 a file, 2 a folder.
  public var kind: @convention(thin) (Text) -> Int
  /// Opens: `flags` bit 0 read, 1 write, 2 create, 3 truncate, 4 append, 5 exclusive.
  public var open: @convention(thin) (Text, _ flags: Int) -> Int
  public var read: @convention(thin) (Int, UnsafeMutablePointer<UInt8>, Int) -> Int
  public var write: @convention(thin) (Int, UnsafePointer<UInt8>, Int) -> Int
  public var close: @convention(thin) (Int) -> Int
  /// Like lseek; whence 0, 1, 2.
  public var seek: @convention(thin) (Int, Int, _ whence: Int) -> Int
}

/// What a source text is.
public enum CompileMode: UInt8, Sendable {
  case file
  /// One interactive statement, whose value is printed.
  case single
  case expression
}

/// Folders and environment of a port's operating system. Results below zero are minus an errno.
public struct FolderOperations: Sendable {
  /// One of the operations below.
  public var change: @convention(thin) (_ operation: Int, Text, Text) -> Int
  /// Fills in ten numbers, as `os.stat` (or for a volume `os.statvfs`) gives them.
  public var status: @convention(thin) (_ isVolume: Bool, Text, UnsafeMutablePointer<Int>) -> Int
  /// Opens a folder: a handle.
  public var open: @convention(thin) (Text) -> Int
  /// Writes the name of the next entry, `.` and `..` left out, and its kind, inode and size; answers the length of the name, 0 after the last.
  public var next: @convention(thin) (_ handle: Int, UnsafeMutablePointer<UInt8>, _ capacity: Int, UnsafeMutablePointer<Int>) -> Int
  public var close: @convention(thin) (_ handle: Int) -> Void
  /// Writes a text that one of the kinds below names, as much of it as there is room for; answers its whole length, negative if there is none.
  public var text: @convention(thin) (_ kind: Int, Text, UnsafeMutablePointer<UInt8>, _ capacity: Int) -> Int

  public static var makeFolder: Int { 0 }
  public static var removeFolder: Int { 1 }
  public static var removeFile: Int { 2 }
  public static var rename: Int { 3 }
  public static var changeFolder: Int { 4 }
  public static var setEnvironment: Int { 5 }
  public static var unsetEnvironment: Int { 6 }
  /// Answers the command's status.
  public static var runCommand: Int { 7 }
  public static var synchronise: Int { 8 }
  /// Answers the C library's error number; sets it if the text is a number.
  public static var errorNumber: Int { 9 }

  public static var currentFolder: Int { 0 }
  public static var environmentVariable: Int { 1 }
  /// `NAME=value`, by its position in decimal digits.
  public static var environmentEntry: Int { 2 }
  /// This and the four that follow: the parts of `os.uname`.
  public static var systemName: Int { 16 }
}

/// What became of allocations that failed, as far as a program can notice.
public struct MemoryNotes: OptionSet, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A MemoryError was raised in Python code, or printed.
  public static var reported: MemoryNotes { MemoryNotes(rawValue: 1) }
  /// An exception lacks its text, an entry of its traceback, or was printed by its name alone.
  public static var shortened: MemoryNotes { MemoryNotes(rawValue: 2) }
}

/// One interpreter: its heap, names, modules and caches. Roots of the collector: every word of this struct is scanned.
public struct Interpreter {
  public var heap: Heap
  public var names: Names
  public var port: Port
  /// Rows of all types, by number.
  @usableFromInline var types: UnsafeMutablePointer<TypeRow>
  @usableFromInline var typeCount: Int
  /// Built-in modules by index.
  var modules: UnsafeMutablePointer<ModuleRow>
  var moduleCount: Int
  /// `sys.modules`.
  public var loadedModules: Ref<DictObject>
  /// Attributes that a program stored into built-in modules: module value → dict. Empty for most programs.
  var moduleOverrides: Value
  /// True once a program changed the module `builtins`.
  var hasBuiltinOverrides: Bool
  /// Globals of `__main__`.
  public var main: Ref<ModuleObject>
  public var path: Value
  public var argv: Value
  /// The mount table and the entry that holds the current folder, or null: see `VM.resolve`.
  public var mounts: Value
  public var currentMount: Value
  /// `sys.ps1`, `sys.ps2`, `sys.stdin` and other assignable attributes live in `moduleOverrides`.
  var lastRepresentation: Value

  /// The source of version stamps; 0 is never one.
  var nextStamp: UInt
  var attributeCache: UnsafeMutablePointer<AttributeCacheEntry>
  var globalCache: UnsafeMutablePointer<GlobalCacheEntry>
  var nativeCache: UnsafeMutablePointer<NativeCacheEntry>
  var parameterPlans: UnsafeMutablePointer<ParameterPlanEntry>

  /// Non-zero when a jump or call must stop: see `PendingReason`.
  public var pending: UnsafeMutablePointer<UInt32>
  /// `PreparationPolicy`, and the state of the coin.
  public var preparationPolicy: UInt8
  var preparationSeed: UInt32
  /// `-O` level.
  public var optimisationLevel: UInt8
  /// Function objects queued by `micropython.schedule`, and exit functions.
  var scheduled: Value
  var isRunningScheduled: Bool
  var exitFunctions: Value
  /// The thread that runs now (the first one's state otherwise).
  public var mainThread: UnsafeMutablePointer<ThreadState>
  /// A MemoryError made in advance.
  var memoryError: Value
  /// What became of allocations that failed. For tests.
  public var memoryNotes = MemoryNotes()
  /// Exceptions made in advance, for those raised while the heap is locked or full: used in turn. The parts of the tuple: `ExceptionReserve`.
  var reservedExceptions: Value
  var nextReserved: Int
  /// The slice that subscripts of built-in sequences share.
  var reservedSlice: Value
  /// The text that a `StringBuilder` fills while the heap is locked.
  var reservedText: Value
  var emptyTuple: Value
  var emptyBytes: Value
  /// Depth of `repr` now under way, to find cycles.
  var reprStack: Value
  /// `sys.implementation` once asked for.
  var implementation: Value
  /// `sys.executable`.
  public var executable: Value
  /// True once a program assigned `sys.stdout` or its kin.
  public var hasStreamOverrides: Bool
  /// Whether an uncaught exception shows the one that was being handled.
  public var showsContext: Bool
  /// The character that interrupts (`micropython.kbd_intr`), or -1.
  public var interruptCharacter: Int
  /// State of the module `random`.
  public var randomState: (UInt64, UInt64)
  /// What the embedder keeps alive: a list, or null.
  public var embedderRoots: Value
  /// For the embedder.
  public var userContext: UnsafeMutableRawPointer?
}

/// Why `Interpreter.pending` is not zero.
public enum PendingReason {
  /// Ctrl-C: raise KeyboardInterrupt.
  public static var keyboardInterrupt: UInt32 { 1 }
  /// A scheduled function waits.
  public static var scheduled: UInt32 { 2 }
  /// Objects with finalisers wait.
  public static var finalisers: UInt32 { 4 }
  /// A program scheduled a KeyboardInterrupt.
  public static var scheduledInterrupt: UInt32 { 8 }
}

/// One thread of an interpreter. Its first word leads to the interpreter.
public struct ThreadState {
  public var interpreter: UnsafeMutablePointer<Interpreter>
  /// The Python stack: locals, frames and operands, growing upwards.
  var stackBase: UnsafeMutablePointer<Value>
  var stackLimit: UnsafeMutablePointer<Value>
  /// First free slot while a native runs.
  public var stackTop: UnsafeMutablePointer<Value>
  /// The innermost Python frame.
  var frame: UnsafeMutablePointer<Frame>?
  /// Native stack addresses below this raise RecursionError.
  public var nativeStackLimit: UInt
  /// Where a conservative scan of the native stack ends.
  var nativeStackBase: UInt
  /// The exception being handled (`sys.exc_info`), or null.
  var handled: Value
  /// The value that the last finished generator returned.
  var generatorResult: Value
  /// `Method.data` of the native being called.
  public var rowData: Int
}

/// The interpreter as natives see it: a pointer to the running thread's state.
@frozen public struct VM {
  public let state: UnsafeMutablePointer<ThreadState>
  @inlinable @inline(__always) public init(_ state: UnsafeMutablePointer<ThreadState>) { self.state = state }
  @inlinable @inline(__always) public var interpreter: UnsafeMutablePointer<Interpreter> { state.pointee.interpreter }

  /// The row of a built-in type.
  @inlinable @inline(__always) public func row(_ type: TypeID) -> TypeRow {
    interpreter.pointee.types[Int(type.number)]
  }
  /// The heap: the interpreter's first field. A pointer, because a collection reads and writes it while an allocation is under way.
  @inlinable @inline(__always) public var heap: UnsafeMutablePointer<Heap> {
    UnsafeMutableRawPointer(interpreter).assumingMemoryBound(to: Heap.self)
  }
  @inlinable @inline(__always) public func text(_ name: Qstr) -> Text { interpreter.pointee.names.text(name) }
}
