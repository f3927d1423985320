// What a file system stands on: blocks of equal size that are erased as a whole and programmed once after that. Functions instead of a protocol, so
// that one copy of the code serves every device.

/// An error of the device or the file system: a positive errno.
@frozen public struct StorageError: Error, Equatable {
  public var code: Int32
  public init(_ code: Int32) { self.code = code }

  public static var noEntry: StorageError { StorageError(2) }
  public static var inputOutput: StorageError { StorageError(5) }
  public static var badFile: StorageError { StorageError(9) }
  public static var noMemory: StorageError { StorageError(12) }
  public static var busy: StorageError { StorageError(16) }
  public static var exists: StorageError { StorageError(17) }
  public static var notDirectory: StorageError { StorageError(20) }
  public static var isDirectory: StorageError { StorageError(21) }
  public static var invalid: StorageError { StorageError(22) }
  public static var tooLarge: StorageError { StorageError(27) }
  public static var noSpace: StorageError { StorageError(28) }
  public static var readOnly: StorageError { StorageError(30) }
  public static var nameTooLong: StorageError { StorageError(36) }
  public static var notEmpty: StorageError { StorageError(39) }
  /// What is there is no file system, or a damaged one.
  public static var corrupt: StorageError { StorageError(84) }
}

/// A device of equal blocks. The functions answer 0 or minus an errno.
public struct BlockDevice {
  public typealias Read = @convention(thin) (UnsafeMutableRawPointer?, UInt32, UInt32, UnsafeMutablePointer<UInt8>, Int) -> Int32
  public typealias Program = @convention(thin) (UnsafeMutableRawPointer?, UInt32, UInt32, UnsafePointer<UInt8>, Int) -> Int32
  public typealias Erase = @convention(thin) (UnsafeMutableRawPointer?, UInt32) -> Int32
  public typealias Synchronise = @convention(thin) (UnsafeMutableRawPointer?) -> Int32

  /// Passed to the functions.
  public var context: UnsafeMutableRawPointer?
  /// Reads bytes of a block from an offset on.
  public var read: Read
  /// Programs bytes of an erased block: offset and count are multiples of `programSize`.
  public var program: Program
  /// Makes a block ready to be programmed. What it then reads as is the device's business.
  public var erase: Erase
  /// Returns when everything is stored for good.
  public var synchronise: Synchronise
  public var blockSize: UInt32
  public var blockCount: UInt32
  public var programSize: UInt32

  public init(
    context: UnsafeMutableRawPointer?, read: @escaping Read, program: @escaping Program, erase: @escaping Erase,
    synchronise: @escaping Synchronise, blockSize: UInt32, blockCount: UInt32, programSize: UInt32
  ) {
    self.context = context
    self.read = read
    self.program = program
    self.erase = erase
    self.synchronise = synchronise
    self.blockSize = blockSize
    self.blockCount = blockCount
    self.programSize = programSize
  }

  func read(_ block: UInt32, _ offset: UInt32, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) throws(StorageError) {
    guard block < blockCount, count >= 0, Int(offset) &+ count <= Int(blockSize) else { throw .corrupt }
    try check(read(context, block, offset, target, count))
  }

  func program(_ block: UInt32, _ offset: UInt32, _ source: UnsafePointer<UInt8>, _ count: Int) throws(StorageError) {
    guard block < blockCount, Int(offset) &+ count <= Int(blockSize) else { throw .corrupt }
    try check(program(context, block, offset, source, count))
  }

  func eraseBlock(_ block: UInt32) throws(StorageError) {
    guard block < blockCount else { throw .corrupt }
    try check(erase(context, block))
  }

  func synchroniseAll() throws(StorageError) { try check(synchronise(context)) }

  private func check(_ result: Int32) throws(StorageError) {
    if result < 0 { throw StorageError(0 &- result) }
  }
}

/// Little-endian words at any address.
@inline(__always) func loadWord(_ bytes: UnsafePointer<UInt8>) -> UInt32 {
  UInt32(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self))
}
@inline(__always) func storeWord(_ bytes: UnsafeMutablePointer<UInt8>, _ word: UInt32) {
  UnsafeMutableRawPointer(bytes).storeBytes(of: word.littleEndian, as: UInt32.self)
}

/// CRC-32 as littlefs has it: polynomial 0x04c11db7 reflected, a nibble at a time, no final inversion.
func checksum(_ start: UInt32, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt32 {
  var crc = start
  for index in 0..<count {
    crc ^= UInt32(bytes[index])
    for _ in 0..<2 { crc = crc &>> 4 ^ nibble(crc & 15) }
  }
  return crc
}

private func nibble(_ index: UInt32) -> UInt32 {
  var value = index
  for _ in 0..<4 { value = value & 1 != 0 ? value &>> 1 ^ 0xedb8_8320 : value &>> 1 }
  return value
}
