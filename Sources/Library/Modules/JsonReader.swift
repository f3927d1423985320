// json — reading: a recursive descent over UTF-8 text.

import Numerics

/// Reads one document.
struct JsonReader {
  let vm: VM
  let text: Text
  var position = 0
  let objectHook: Value
  let floatHook: Value
  let intHook: Value
  let constantHook: Value
  let pairsHook: Value

  /// The hooks are arguments 2 to 6 of `loads`.
  init(_ vm: VM, _ text: Text, _ arguments: Arguments) {
    self.vm = vm
    self.text = text
    objectHook = arguments[2]
    floatHook = arguments[3]
    intHook = arguments[4]
    constantHook = arguments[5]
    pairsHook = arguments[6]
  }

  @inline(never) private func fail() throws(PyError) -> Never { try vm.raise(.valueError, "syntax error in JSON") }

  private mutating func skipSpace() {
    while position < text.count {
      let byte = text.start[position]
      if byte != 32 && byte != 10 && byte != 13 && byte != 9 { return }
      position &+= 1
    }
  }

  /// The next byte behind white space; 0 at the end.
  private mutating func peek() -> UInt8 {
    skipSpace()
    return position < text.count ? text.start[position] : 0
  }

  mutating func readDocument() throws(PyError) -> Value {
    let value = try readValue()
    if peek() != 0 || position != text.count { try fail() }
    return value
  }

  private mutating func readValue() throws(PyError) -> Value {
    switch peek() {
    case 34: return try readString()
    case 123: return try readObject()
    case 91: return try readArray()
    case 116: return try readWord("true", .true)
    case 102: return try readWord("false", .false)
    case 110: return try readWord("null", .none)
    case 78: return try readConstant("NaN", PyFloat.nan)
    case 73: return try readConstant("Infinity", PyFloat.infinity)
    default: return try readNumber()
    }
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard text.count &- position >= count, compareMemory(text.start + position, word.utf8Start, count) == 0 else { return false }
    position &+= count
    return true
  }

  private mutating func readWord(_ word: StaticString, _ value: Value) throws(PyError) -> Value {
    if !take(word) { try fail() }
    return value
  }

  private mutating func readConstant(_ word: StaticString, _ float: PyFloat) throws(PyError) -> Value {
    if !take(word) { try fail() }
    return constantHook == .none ? try vm.newFloat(float) : try vm.call(constantHook, vm.newString(word))
  }

  private mutating func readArray() throws(PyError) -> Value {
    try vm.checkNativeStack()
    position &+= 1
    let list = try vm.newList()
    if peek() == 93 {
      position &+= 1
      return Value(list)
    }
    while true {
      try vm.listAppend(list, readValue())
      let next = peek()
      position &+= 1
      if next == 93 { return Value(list) }
      if next != 44 { try fail() }
      if list.pointee.count & 1023 == 0 { try vm.pollPending() }
    }
  }

  private mutating func readObject() throws(PyError) -> Value {
    try vm.checkNativeStack()
    position &+= 1
    let dict = try vm.newDict()
    let pairs = pairsHook == .none ? nil : try vm.newList()
    var isEmpty = peek() == 125
    if isEmpty { position &+= 1 }
    while !isEmpty {
      if peek() != 34 { try fail() }
      let key = try readString(isKey: true)
      if peek() != 58 { try fail() }
      position &+= 1
      let value = try readValue()
      if let pairs {
        try vm.listAppend(pairs, vm.newTuple(key, value))
      } else {
        try vm.dictSet(dict, key, value)
      }
      let next = peek()
      position &+= 1
      if next == 125 {
        isEmpty = true
      } else if next != 44 {
        try fail()
      }
    }
    if let pairs { return try vm.call(pairsHook, Value(pairs)) }
    return objectHook == .none ? Value(dict) : try vm.call(objectHook, Value(dict))
  }

  // MARK: Strings

  /// A string; `position` stands at its quotation mark. Keys that are names of the program already are not made anew.
  private mutating func readString(isKey: Bool = false) throws(PyError) -> Value {
    let start = position &+ 1
    var end = start
    var isASCII = true
    while end < text.count && text.start[end] != 34 && text.start[end] != 92 {
      if text.start[end] >= 0x80 { isASCII = false }
      end &+= 1
    }
    if end == text.count { try fail() }
    let part = Text(start: text.start + start, count: end &- start, isASCII: isASCII)
    if text.start[end] == 92 { return try readEscapes(part) }
    position = end &+ 1
    if isKey, let name = vm.findName(part) { return Value(name) }
    return try vm.newString(part)
  }

  /// A string with escapes; `beginning` is what stands before the first.
  private mutating func readEscapes(_ beginning: Text) throws(PyError) -> Value {
    var builder = StringBuilder(vm)
    try builder.append(beginning)
    position &+= 1 &+ beginning.count
    while true {
      if position >= text.count { try fail() }
      let byte = text.start[position]
      position &+= 1
      if byte == 34 { return try builder.finish() }
      if byte != 92 {
        if byte >= 0x80 { builder.markNonASCII() }
        try builder.append(byte: byte)
        continue
      }
      if position >= text.count { try fail() }
      let letter = text.start[position]
      position &+= 1
      switch letter {
      case 34, 47, 92: try builder.append(byte: letter)
      case 98: try builder.append(byte: 8)
      case 102: try builder.append(byte: 12)
      case 110: try builder.append(byte: 10)
      case 114: try builder.append(byte: 13)
      case 116: try builder.append(byte: 9)
      case 117: try builder.append(codePoint: readCodePoint())
      default: try fail()
      }
    }
  }

  private mutating func readUnit() throws(PyError) -> UInt32 {
    if text.count &- position < 4 { try fail() }
    var unit: UInt32 = 0
    for index in 0..<4 {
      let digit = Ascii.digitValue(text.start[position &+ index])
      if digit > 15 { try fail() }
      unit = unit &<< 4 | UInt32(digit)
    }
    position &+= 4
    return unit
  }

  /// The code point of `\uXXXX`, or of a pair of them.
  private mutating func readCodePoint() throws(PyError) -> UInt32 {
    let unit = try readUnit()
    guard unit &- 0xd800 < 0x400, text.count &- position >= 6, text.start[position] == 92, text.start[position &+ 1] == 117 else {
      return unit
    }
    let before = position
    position &+= 2
    let second = try readUnit()
    if second &- 0xdc00 < 0x400 { return 0x10000 &+ (unit &- 0xd800) &<< 10 &+ (second &- 0xdc00) }
    position = before
    return unit
  }

  // MARK: Numbers

  private mutating func readNumber() throws(PyError) -> Value {
    let start = position
    if position < text.count && text.start[position] == 45 { position &+= 1 }
    if position < text.count && text.start[position] == 73 && take("Infinity") {
      return constantHook == .none ? try vm.newFloat(0 - PyFloat.infinity) : try vm.call(constantHook, vm.newString("-Infinity"))
    }
    let first = position
    let digits = skipDigits()
    if digits == 0 || digits > 1 && text.start[first] == 48 { try fail() }
    var isFloat = false
    if position < text.count && text.start[position] == 46 {
      isFloat = true
      position &+= 1
      if skipDigits() == 0 { try fail() }
    }
    if position < text.count && text.start[position] | 32 == 101 {
      isFloat = true
      position &+= 1
      if position < text.count && (text.start[position] == 43 || text.start[position] == 45) { position &+= 1 }
      if skipDigits() == 0 { try fail() }
    }
    let number = Text(start: text.start + start, count: position &- start, isASCII: true)
    if !isFloat { return intHook == .none ? try vm.parseInt(number, 10) : try vm.call(intHook, vm.newString(number)) }
    if floatHook != .none { return try vm.call(floatHook, vm.newString(number)) }
    #if _pointerBitWidth(_64)
      let float = FloatText.parseDouble(number.start, number.count)
    #else
      let float = FloatText.parseFloat(number.start, number.count)
    #endif
    guard let float else { try fail() }
    return try vm.newFloat(float)
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < text.count && Ascii.isDigit(text.start[position]) { position &+= 1 }
    return position &- start
  }
}
