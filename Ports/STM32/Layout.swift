// Where the linker put things. The linker script lays the addresses down at a fixed place in flash, behind the vectors.

/// The linker script's section `.layout`, word by word.
struct Layout {
  /// Initial values of variables in flash, and the memory they belong to.
  var dataLoad: UInt32
  var dataStart: UInt32
  var dataEnd: UInt32
  /// Variables that start as zero.
  var bssStart: UInt32
  var bssEnd: UInt32
  /// Free memory, up to the native stack where there is no better place for that.
  var freeStart: UInt32
  var freeEnd: UInt32
  /// Top of the main memory, and of the native stack of a start.
  var stackTop: UInt32

  /// The one in flash.
  static var current: Layout { UnsafePointer<Layout>(bitPattern: 0x0800_0200 as UInt).unsafelyUnwrapped.pointee }

  /// Gives variables their initial values. Nothing may use a variable before.
  func setVariablesUp() {
    let source = UnsafePointer<UInt32>(bitPattern: UInt(dataLoad)).unsafelyUnwrapped
    let target = UnsafeMutablePointer<UInt32>(bitPattern: UInt(dataStart)).unsafelyUnwrapped
    target.update(from: source, count: Int(dataEnd &- dataStart) / 4)
    UnsafeMutablePointer<UInt32>(bitPattern: UInt(bssStart)).unsafelyUnwrapped.update(repeating: 0, count: Int(bssEnd &- bssStart) / 4)
  }
}
