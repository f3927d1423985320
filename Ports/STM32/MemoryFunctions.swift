// memcpy, memmove and memset, a word at a time. The C library's are loops over bytes, made for size: with them half of an exception's instructions
// went into copying rows of tables. (Functions of these names are the ones in which the compiler does not take a loop for a call of them; the
// loops below are also of a shape that it does not recognise: several words a turn, and no loop for the rest.)

/// Copies whole words forwards, then the rest.
@inline(__always) private func copyForwards(_ target: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ count: UInt) {
  var to = target
  var from = source
  var left = count
  if (UInt(bitPattern: to) | UInt(bitPattern: from)) & 3 == 0 {
    while left >= 16 {
      let a = from.load(as: UInt32.self)
      let b = from.load(fromByteOffset: 4, as: UInt32.self)
      let c = from.load(fromByteOffset: 8, as: UInt32.self)
      let d = from.load(fromByteOffset: 12, as: UInt32.self)
      let words = to.assumingMemoryBound(to: UInt32.self)
      words[0] = a
      words[1] = b
      words[2] = c
      words[3] = d
      from += 16
      to += 16
      left &-= 16
    }
  } else {
    while left >= 16 {
      let a = from.loadUnaligned(as: UInt32.self)
      let b = from.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
      let c = from.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
      let d = from.loadUnaligned(fromByteOffset: 12, as: UInt32.self)
      to.storeBytes(of: a, as: UInt32.self)
      to.storeBytes(of: b, toByteOffset: 4, as: UInt32.self)
      to.storeBytes(of: c, toByteOffset: 8, as: UInt32.self)
      to.storeBytes(of: d, toByteOffset: 12, as: UInt32.self)
      from += 16
      to += 16
      left &-= 16
    }
  }
  if left & 8 != 0 {
    let a = from.loadUnaligned(as: UInt32.self)
    let b = from.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
    to.storeBytes(of: a, as: UInt32.self)
    to.storeBytes(of: b, toByteOffset: 4, as: UInt32.self)
    from += 8
    to += 8
  }
  if left & 4 != 0 {
    to.storeBytes(of: from.loadUnaligned(as: UInt32.self), as: UInt32.self)
    from += 4
    to += 4
  }
  if left & 2 != 0 {
    to.storeBytes(of: from.loadUnaligned(as: UInt16.self), as: UInt16.self)
    from += 2
    to += 2
  }
  if left & 1 != 0 { to.storeBytes(of: from.load(as: UInt8.self), as: UInt8.self) }
}

@inline(__always) private func copyBackwards(_ target: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ count: UInt) {
  var left = count
  while left >= 8 {
    left &-= 8
    let a = source.loadUnaligned(fromByteOffset: Int(bitPattern: left), as: UInt32.self)
    let b = source.loadUnaligned(fromByteOffset: Int(bitPattern: left) &+ 4, as: UInt32.self)
    target.storeBytes(of: b, toByteOffset: Int(bitPattern: left) &+ 4, as: UInt32.self)
    target.storeBytes(of: a, toByteOffset: Int(bitPattern: left), as: UInt32.self)
  }
  if left & 4 != 0 {
    left &-= 4
    target.storeBytes(
      of: source.loadUnaligned(fromByteOffset: Int(bitPattern: left), as: UInt32.self), toByteOffset: Int(bitPattern: left), as: UInt32.self
    )
  }
  if left & 2 != 0 {
    left &-= 2
    target.storeBytes(
      of: source.loadUnaligned(fromByteOffset: Int(bitPattern: left), as: UInt16.self), toByteOffset: Int(bitPattern: left), as: UInt16.self
    )
  }
  if left & 1 != 0 { target.storeBytes(of: source.load(as: UInt8.self), as: UInt8.self) }
}

@inline(__always) private func fill(_ target: UnsafeMutableRawPointer, _ byte: UInt32, _ count: UInt) {
  var to = target
  var left = count
  let word = (byte & 0xff) &* 0x0101_0101
  while left >= 16 {
    to.storeBytes(of: word, as: UInt32.self)
    to.storeBytes(of: word, toByteOffset: 4, as: UInt32.self)
    to.storeBytes(of: word, toByteOffset: 8, as: UInt32.self)
    to.storeBytes(of: word, toByteOffset: 12, as: UInt32.self)
    to += 16
    left &-= 16
  }
  if left & 8 != 0 {
    to.storeBytes(of: word, as: UInt32.self)
    to.storeBytes(of: word, toByteOffset: 4, as: UInt32.self)
    to += 8
  }
  if left & 4 != 0 {
    to.storeBytes(of: word, as: UInt32.self)
    to += 4
  }
  if left & 2 != 0 {
    to.storeBytes(of: UInt16(truncatingIfNeeded: word), as: UInt16.self)
    to += 2
  }
  if left & 1 != 0 { to.storeBytes(of: UInt8(truncatingIfNeeded: word), as: UInt8.self) }
}

@_cdecl("memcpy") public func memcpy(_ target: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ count: UInt)
  -> UnsafeMutableRawPointer
{
  copyForwards(target, source, count)
  return target
}

@_cdecl("memmove") public func memmove(_ target: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ count: UInt)
  -> UnsafeMutableRawPointer
{
  if UInt(bitPattern: target) &- UInt(bitPattern: source) >= count {
    copyForwards(target, source, count)
  } else {
    copyBackwards(target, source, count)
  }
  return target
}

@_cdecl("memset") public func memset(_ target: UnsafeMutableRawPointer, _ byte: Int32, _ count: UInt) -> UnsafeMutableRawPointer {
  fill(target, UInt32(bitPattern: byte), count)
  return target
}

// What the compiler calls for the same on ARM (run-time ABI, 4.3.4); the names with a number promise an alignment.

@_cdecl("__aeabi_memcpy") public func aeabiMemcpy(_ target: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ count: UInt) {
  _ = memcpy(target, source, count)
}
@_cdecl("__aeabi_memcpy4") public func aeabiMemcpy4(_ target: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ count: UInt) {
  _ = memcpy(target, source, count)
}
@_cdecl("__aeabi_memcpy8") public func aeabiMemcpy8(_ target: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ count: UInt) {
  _ = memcpy(target, source, count)
}
@_cdecl("__aeabi_memmove") public func aeabiMemmove(_ target: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ count: UInt) {
  _ = memmove(target, source, count)
}
@_cdecl("__aeabi_memmove4") public func aeabiMemmove4(_ target: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ count: UInt) {
  _ = memmove(target, source, count)
}
@_cdecl("__aeabi_memmove8") public func aeabiMemmove8(_ target: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ count: UInt) {
  _ = memmove(target, source, count)
}
@_cdecl("__aeabi_memset") public func aeabiMemset(_ target: UnsafeMutableRawPointer, _ count: UInt, _ byte: Int32) {
  _ = memset(target, byte, count)
}
@_cdecl("__aeabi_memset4") public func aeabiMemset4(_ target: UnsafeMutableRawPointer, _ count: UInt, _ byte: Int32) {
  _ = memset(target, byte, count)
}
@_cdecl("__aeabi_memset8") public func aeabiMemset8(_ target: UnsafeMutableRawPointer, _ count: UInt, _ byte: Int32) {
  _ = memset(target, byte, count)
}
@_cdecl("__aeabi_memclr") public func aeabiMemclr(_ target: UnsafeMutableRawPointer, _ count: UInt) { _ = memset(target, 0, count) }
@_cdecl("__aeabi_memclr4") public func aeabiMemclr4(_ target: UnsafeMutableRawPointer, _ count: UInt) { _ = memset(target, 0, count) }
@_cdecl("__aeabi_memclr8") public func aeabiMemclr8(_ target: UnsafeMutableRawPointer, _ count: UInt) { _ = memset(target, 0, count) }
