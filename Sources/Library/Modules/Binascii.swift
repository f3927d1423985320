// binascii — hexadecimal, base64 and CRC-32.

import Numerics

private enum BinasciiModule {
  static let rows: InlineArray<_, Method> = [
    Method(.hexlify, "data, sep=?, bytes_per_sep=1", binasciiHexlify),
    Method(.b2a_hex, "data, sep=?, bytes_per_sep=1", binasciiHexlify),
    Method(.unhexlify, 1...1, binasciiUnhexlify),
    Method(.a2b_hex, 1...1, binasciiUnhexlify),
    Method(.a2b_base64, "data, /, *, strict_mode=False", binasciiDecodeBase64),
    Method(.b2a_base64, "data, /, *, newline=True", binasciiEncodeBase64),
    Method(.crc32, 1...2, binasciiCrc32),
    Method(.Error, constant: Value(type: .valueError)),
  ]
}

private func binasciiRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: BinasciiModule.rows.span[index]) }

extension ModuleRow {
  static let binascii = ModuleRow(.binascii, isExtensible: true, rowCount: UInt8(BinasciiModule.rows.count), row: binasciiRow)
}

private func bytes(_ vm: VM, _ value: Value) throws(PyError) -> Text {
  let buffer = try vm.getBuffer(value, writable: false)
  return Text(start: UnsafePointer(buffer.start), count: buffer.count, isASCII: true)
}

private func binasciiHexlify(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let every = try vm.indexValue(arguments[2])
  let data = try bytes(vm, arguments[0])
  var separator = Text("")
  if !arguments[1].isNull {
    separator = try bytes(vm, arguments[1])
    if separator.count != 1 { try vm.raise(.valueError, "sep must be length 1.") }
  }
  let text = vm.uncheckedText(try vm.hexText(data, separator, every))
  return try vm.newBytes(text.start, text.count)
}

private func binasciiUnhexlify(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var builder = StringBuilder(vm)
  let data = try bytes(vm, arguments[0])
  if data.count & 1 != 0 { try vm.raise(.valueError, "odd-length string") }
  try vm.appendHex(data, allowsSpace: false, &builder)
  return try builder.finishBytes()
}

// MARK: Base64

private func base64Digit(_ value: UInt8) -> UInt8 {
  switch value {
  case 0..<26: return value &+ 65
  case 26..<52: return value &+ 71
  case 52..<62: return value &- 4
  default: return value == 62 ? 43 : 47
  }
}

/// 0 to 63; 255 for other characters.
private func base64Value(_ byte: UInt8) -> UInt8 {
  if Ascii.isUpper(byte) { return byte &- 65 }
  if Ascii.isLower(byte) { return byte &- 71 }
  if Ascii.isDigit(byte) { return byte &+ 4 }
  return byte == 43 ? 62 : byte == 47 ? 63 : 255
}

private func binasciiEncodeBase64(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let data = try bytes(vm, arguments[0])
  let newline = try vm.isTrue(arguments[1])
  if data.count > 0x3000_0000 { throw vm.outOfMemory(data.count) }
  let total = (data.count &+ 2) / 3 &* 4 &+ (newline ? 1 : 0)
  let object = try vm.newTextObject(.bytes, count: total, isASCII: false)
  var target = TextObject.bytes(object)
  var index = 0
  while index < data.count {
    let left = data.count &- index
    let a = data[index]
    let b = left > 1 ? data[index &+ 1] : 0
    let c = left > 2 ? data[index &+ 2] : 0
    target[0] = base64Digit(a &>> 2)
    target[1] = base64Digit(a &<< 4 & 0x30 | b &>> 4)
    target[2] = left > 1 ? base64Digit(b &<< 2 & 0x3c | c &>> 6) : 61
    target[3] = left > 2 ? base64Digit(c & 0x3f) : 61
    target += 4
    index &+= 3
  }
  if newline { target[0] = 10 }
  return Value(object)
}

/// Other characters than digits are skipped unless `strict_mode`; padding ends the data where it is due.
private func binasciiDecodeBase64(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let data = try bytes(vm, arguments[0])
  let isStrict = try vm.isTrue(arguments[1])
  var builder = StringBuilder(vm)
  var digits = 0
  var pads = 0
  var carry: UInt8 = 0
  for index in 0..<data.count {
    let byte = data[index]
    if byte == 61 {
      if digits >= 2 {
        pads &+= 1
        if digits &+ pads >= 4 {
          if isStrict && index &+ 1 < data.count { try vm.raise(.valueError, "excess data after padding") }
          return try builder.finishBytes()
        }
      } else if isStrict {
        try vm.raise(.valueError, "discontinuous padding not allowed")
      }
      continue
    }
    let value = base64Value(byte)
    if value == 255 {
      if isStrict { try vm.raise(.valueError, "only base64 data is allowed") }
      continue
    }
    pads = 0
    switch digits {
    case 0: break
    case 1: try builder.append(byte: carry &<< 2 | value &>> 4)
    case 2: try builder.append(byte: carry &<< 4 | value &>> 2)
    default: try builder.append(byte: carry &<< 6 | value)
    }
    carry = value
    digits = (digits &+ 1) & 3
  }
  if digits != 0 { try vm.raise(.valueError, "incorrect padding") }
  return try builder.finishBytes()
}

// MARK: CRC-32

private enum CrcTable {
  /// For four bits at a time.
  static let words: InlineArray<16, UInt32> = [
    0x0000_0000, 0x1db7_1064, 0x3b6e_20c8, 0x26d9_30ac, 0x76dc_4190, 0x6b6b_51f4, 0x4db2_6158, 0x5005_713c,
    0xedb8_8320, 0xf00f_9344, 0xd6d6_a3e8, 0xcb61_b38c, 0x9b64_c2b0, 0x86d3_d2d4, 0xa00a_e278, 0xbdbd_f21c,
  ]
}

/// `crc32(data, value=0)`.
private func binasciiCrc32(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let start = arguments.count > 1 ? try vm.truncatedInt(arguments[1]) : 0
  let data = try bytes(vm, arguments[0])
  var crc = ~UInt32(truncatingIfNeeded: start)
  let table = CrcTable.words
  for index in 0..<data.count {
    if index & 0xffff == 0xffff { try vm.pollInterrupt() }
    crc ^= UInt32(data[index])
    crc = crc &>> 4 ^ table[Int(crc & 15)]
    crc = crc &>> 4 ^ table[Int(crc & 15)]
  }
  return try vm.newInt(unsigned: UInt(~crc))
}
