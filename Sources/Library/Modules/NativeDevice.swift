// Block devices: those that a program writes in Python, and those of the port (a chip's flash, memory, a file of the debugger's host), which are
// objects with the same methods.

import Filesystem

extension TypeID {
  static var nativeDevice: TypeID { TypeID(185) }
}

struct NativeDeviceObject {
  var header: ObjectHeader
  var device: BlockDevice
}

/// Requests of `ioctl`.
private enum DeviceRequest {
  static var synchronise: Int { 3 }
  static var blockCount: Int { 4 }
  static var blockSize: Int { 5 }
  static var erase: Int { 6 }
}

private enum NativeDeviceMethods {
  static let rows: InlineArray<_, Method> = [
    Method(.readblocks, 3...4, deviceRead), Method(.writeblocks, 3...4, deviceWrite), Method(.ioctl, 3...3, deviceControl),
  ]
}

private func deviceMethod(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: NativeDeviceMethods.rows.span[index]) }

extension TypeRow {
  static let nativeDevice = TypeRow(
    .BlockDevice, isSubclassable: false, methodCount: UInt8(NativeDeviceMethods.rows.count), method: deviceMethod)
}

extension VM {
  /// An object for a device of the port's.
  public func newBlockDevice(_ device: BlockDevice) throws(PyError) -> Value {
    let object = try allocate(NativeDeviceObject.self)
    object.initialize(to: NativeDeviceObject(header: ObjectHeader(.nativeDevice), device: device))
    return Value(object)
  }

  /// Mounts littlefs on a device of the port's, formatting it first if it holds none. Answers whether it was formatted.
  public func mountDrive(_ device: BlockDevice, at point: StaticString) throws(PyError) -> Bool {
    let drive = try newLittleFS(newBlockDevice(device), programSize: Int(device.programSize), keepsTime: true)
    var isFresh = false
    do throws(PyError) { try working(drive) { (files) throws(StorageError) in try files.pointee.mount() } } catch {
      isFresh = true
      try working(drive) { (files) throws(StorageError) in
        try files.pointee.format()
        try files.pointee.mount()
      }
    }
    try addMount(Value(drive), at: newString(point))
    guard let mounts else { return isFresh }
    interpreter.pointee.currentMount = mounts.pointee.items[mounts.pointee.count &- 1]
    return isFresh
  }

  /// Writes a small file, for drives that were just formatted.
  public func writeFile(_ path: StaticString, _ content: StaticString) throws(PyError) {
    let file = try openFile(newString(path), mode: Text("w"))
    _ = try callMethod(file, .write, newString(content))
    _ = try callMethod(file, .close)
  }

  /// The functions of a device object. Those of one in Python find the file system that uses them behind `context`.
  func blockDevice(_ device: Value, programSize: Int, context: UnsafeMutableRawPointer) throws(PyError) -> BlockDevice {
    if device.isObject(.nativeDevice) { return device.unchecked(NativeDeviceObject.self).pointee.device }
    let count = try intValue(callMethod(device, Qstr.ioctl, Value(smallInt: DeviceRequest.blockCount), Value(smallInt: 0)))
    let size = try intValue(callMethod(device, Qstr.ioctl, Value(smallInt: DeviceRequest.blockSize), Value(smallInt: 0)))
    guard count > 0, count < 0x7fff_ffff, size > 0, size < 0x7fff_ffff, programSize > 0, programSize < 0x7fff_ffff else {
      try raiseOSError(22)
    }
    return BlockDevice(
      context: context, read: pythonRead, program: pythonProgram, erase: pythonErase, synchronise: pythonSynchronise,
      blockSize: UInt32(size),
      blockCount: UInt32(count), programSize: UInt32(programSize))
  }
}

// MARK: Devices written in Python

/// Notes what a call raised, for the file system to pass on.
private func calling(_ context: UnsafeMutableRawPointer?, _ body: (VM, Value) throws(PyError) -> Int32) -> Int32 {
  let object = context.unsafelyUnwrapped.assumingMemoryBound(to: VfsLfs2Object.self)
  let vm = VM(object.pointee.state)
  do throws(PyError) { return try body(vm, object.pointee.device) } catch {
    object.pointee.failure = error.value
    return -5
  }
}

/// What a device answered: None and positive numbers are success, False is a failure.
private func result(_ vm: VM, _ value: Value) throws(PyError) -> Int32 {
  if value == .none || value == .true { return 0 }
  if value == .false { return -5 }
  return Int32(clamping: min(try vm.intValue(value), 0))
}

private func pythonRead(
  _ context: UnsafeMutableRawPointer?, _ block: UInt32, _ offset: UInt32, _ target: UnsafeMutablePointer<UInt8>, _ count: Int
) -> Int32 {
  calling(context) { (vm, device) throws(PyError) in
    let buffer = try vm.newBytearray(count: count)
    let method = try vm.getAttribute(device, Qstr.readblocks)
    let answer = try result(vm, vm.call(method, Value(smallInt: Int(block)), Value(buffer), Value(smallInt: Int(offset))))
    guard buffer.pointee.count == count else { try vm.raiseOSError(5) }
    target.update(from: buffer.pointee.bytes, count: count)
    return answer
  }
}

private func pythonProgram(
  _ context: UnsafeMutableRawPointer?, _ block: UInt32, _ offset: UInt32, _ source: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
  calling(context) { (vm, device) throws(PyError) in
    let buffer = try vm.newBytearray(source, count)
    let method = try vm.getAttribute(device, Qstr.writeblocks)
    return try result(vm, vm.call(method, Value(smallInt: Int(block)), Value(buffer), Value(smallInt: Int(offset))))
  }
}

private func pythonErase(_ context: UnsafeMutableRawPointer?, _ block: UInt32) -> Int32 {
  calling(context) { (vm, device) throws(PyError) in
    try result(vm, vm.callMethod(device, Qstr.ioctl, Value(smallInt: DeviceRequest.erase), Value(smallInt: Int(block))))
  }
}

private func pythonSynchronise(_ context: UnsafeMutableRawPointer?) -> Int32 {
  calling(context) { (vm, device) throws(PyError) in
    try result(vm, vm.callMethod(device, Qstr.ioctl, Value(smallInt: DeviceRequest.synchronise), Value(smallInt: 0)))
  }
}

// MARK: Devices of the port

/// The block and the offset of a request, which must lie on the device.
private func place(_ vm: VM, _ arguments: Arguments, _ count: Int) throws(PyError) -> (block: UInt32, offset: UInt32) {
  let device = arguments[0].unchecked(NativeDeviceObject.self).pointee.device
  let block = try vm.intValue(arguments[1])
  let offset = arguments.count > 3 ? try vm.intValue(arguments[3]) : 0
  let size = Int(device.blockSize)
  guard block >= 0, block < Int(device.blockCount), offset >= 0, offset <= size, offset &+ count <= size else { try vm.raiseOSError(22) }
  return (UInt32(block), UInt32(offset))
}

private func deviceRead(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let device = arguments[0].unchecked(NativeDeviceObject.self).pointee.device
  let buffer = try vm.getBuffer(arguments[2], writable: true)
  let place = try place(vm, arguments, buffer.count)
  let result = device.read(device.context, place.block, place.offset, buffer.start, buffer.count)
  if result < 0 { try vm.raiseOSError(Int(0 &- result)) }
  return .none
}

private func deviceWrite(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let device = arguments[0].unchecked(NativeDeviceObject.self).pointee.device
  let buffer = try vm.getBuffer(arguments[2], writable: false)
  let place = try place(vm, arguments, buffer.count)
  // Without an offset whole blocks are written, which are erased for it.
  if arguments.count < 4 {
    let erased = device.erase(device.context, place.block)
    if erased < 0 { try vm.raiseOSError(Int(0 &- erased)) }
  }
  let result = device.program(device.context, place.block, place.offset, UnsafePointer(buffer.start), buffer.count)
  if result < 0 { try vm.raiseOSError(Int(0 &- result)) }
  return .none
}

private func deviceControl(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let device = arguments[0].unchecked(NativeDeviceObject.self).pointee.device
  var result: Int32 = 0
  switch try vm.intValue(arguments[1]) {
  case DeviceRequest.blockCount: return try vm.newInt(Int(device.blockCount))
  case DeviceRequest.blockSize: return try vm.newInt(Int(device.blockSize))
  case DeviceRequest.synchronise: result = device.synchronise(device.context)
  case DeviceRequest.erase:
    let block = try vm.intValue(arguments[2])
    guard block >= 0, block < Int(device.blockCount) else { try vm.raiseOSError(22) }
    result = device.erase(device.context, UInt32(block))
  default: return .none
  }
  if result < 0 { try vm.raiseOSError(Int(0 &- result)) }
  return Value(smallInt: 0)
}
