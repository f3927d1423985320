// The format-specification mini-language: [[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]. `formatValue` is what
// format(), str.format and f-strings call; Str+Numbers.swift writes the numbers.

import Numerics

/// A format specification taken apart. Bytes are 0 where nothing was given.
struct FormatSpec {
  /// One character.
  var fill = Text(" ")
  /// `<`, `>`, `=` or `^`.
  var align: UInt8 = 0
  /// `+`, `-` or blank.
  var sign: UInt8 = 0
  var noNegativeZero = false
  var isAlternate = false
  /// A `0` stood before the width.
  var isZeroPadded = false
  var width = 0
  /// `,` or `_`.
  var grouping: UInt8 = 0
  /// Negative if not given.
  var precision = -1
  var fractionGrouping: UInt8 = 0
  var type: UInt8 = 0
}

/// Walks over a specification.
private struct SpecReader {
  let text: Text
  var position = 0

  init(_ text: Text) { self.text = text }

  var current: UInt8 { position < text.count ? text.start[position] : 0 }

  mutating func take(_ byte: UInt8) -> Bool {
    if current != byte { return false }
    position &+= 1
    return true
  }

  /// Digits; -1 if there are none, -2 if there are too many.
  mutating func number() -> Int {
    if !Ascii.isDigit(current) { return -1 }
    var number = 0
    while Ascii.isDigit(current) {
      number = number &* 10 &+ Int(current &- 48)
      if number > 0x3fff_ffff { return -2 }
      position &+= 1
    }
    return number
  }

  static func isAlignment(_ byte: UInt8) -> Bool { byte == 60 || byte == 62 || byte == 61 || byte == 94 }
}

extension VM {
  /// Takes a specification apart; ValueError if it is malformed.
  func formatSpec(_ text: Text) throws(PyError) -> FormatSpec {
    var spec = FormatSpec()
    var reader = SpecReader(text)
    if text.count > 0 {
      let first = text.isASCII ? 1 : Utf8.length(lead: text.start[0])
      if text.count > first && SpecReader.isAlignment(text.start[first]) {
        spec.fill = Text(start: text.start, count: first, isASCII: first == 1)
        spec.align = text.start[first]
        reader.position = first &+ 1
      } else if SpecReader.isAlignment(text.start[0]) {
        spec.align = text.start[0]
        reader.position = 1
      }
    }
    let hasFill = reader.position > 1
    if reader.current == 43 || reader.current == 45 || reader.current == 32 {
      spec.sign = reader.current
      reader.position &+= 1
    }
    spec.noNegativeZero = reader.take(122)
    spec.isAlternate = reader.take(35)
    if reader.current == 48 {
      // The zero is a digit of the width if an alignment was given with a fill.
      if !hasFill { spec.fill = Text("0") }
      spec.isZeroPadded = spec.align == 0
      reader.position &+= 1
    }
    try readNumbers(&spec, &reader)
    if reader.position < text.count {
      spec.type = reader.current
      reader.position &+= 1
    }
    if reader.position != text.count || spec.type >= 0x80 { try raise(.valueError, "invalid format specifier") }
    return spec
  }

  private func readNumbers(_ spec: inout FormatSpec, _ reader: inout SpecReader) throws(PyError) {
    let width = reader.number()
    spec.width = max(width, 0)
    if reader.current == 44 || reader.current == 95 {
      spec.grouping = reader.current
      reader.position &+= 1
    }
    var precision = -1
    if reader.take(46) {
      precision = reader.number()
      if reader.current == 44 || reader.current == 95 {
        spec.fractionGrouping = reader.current
        reader.position &+= 1
      } else if precision == -1 {
        try raise(.valueError, "invalid format specifier")
      }
    }
    if width == -2 || precision == -2 { try raise(.valueError, "too many decimal digits in format string") }
    spec.precision = precision
  }

  // MARK: Any value

  /// `format(value, spec)`, appended. An empty specification means `str(value)`. May run Python code.
  public func formatValue(_ value: Value, spec: Text, into builder: inout StringBuilder) throws(PyError) {
    if value.isSmallInt && spec.count == 0 {
      let written = IntegerText.writeDecimal(value.uncheckedSmallInt, into: try builder.reserve(IntegerText.decimalCapacity))
      return builder.advance(written)
    }
    if value.isName && spec.count == 0 { return try builder.append(text(value.uncheckedName)) }
    if let owner = pythonClass(of: value) {
      let hook = special(owner, .__format__)
      if !hook.isNull {
        let result = try call(hook, value, newString(spec))
        guard isString(result) else { try raise(.typeError, "__format__ must return a str, not %t", result) }
        return try builder.append(uncheckedText(result))
      }
    }
    if spec.count == 0 { return try print(value, &builder, .str) }
    try checkNativeStack()
    let parsed = try formatSpec(spec)
    let native = unwrapped(value)
    if native.isName || native.isObject(.str) { return try formatText(uncheckedText(native), parsed, value, &builder) }
    if native.isSmallInt || native.isBool || native.isObject(.int) { return try formatInteger(native, parsed, value, &builder) }
    if let float = plainFloat(native) { return try formatFloat(float, parsed, value, &builder) }
    if native.isObject(.complex) { return try formatComplex(native, parsed, value, &builder) }
    var plain = StringBuilder(self)
    try print(value, &plain, .str)
    try formatText(plain.text, parsed, value, &builder)
  }

  /// `format(value, spec)` as a string. May run Python code.
  public func formatted(_ value: Value, spec: Text) throws(PyError) -> Value {
    if spec.count == 0 && (value.isName || value.isObject(.str)) { return value }
    var builder = StringBuilder(self)
    try formatValue(value, spec: spec, into: &builder)
    return try builder.finish()
  }

  @inline(never) func raiseFormatCode(_ code: UInt8, _ value: Value) throws(PyError) -> Never {
    try raise(.valueError, "unknown format code '%s' for object of type '%t'", Value(Qstr.character(code & 0x7f)), value)
  }

  private func formatText(_ text: Text, _ spec: FormatSpec, _ value: Value, _ builder: inout StringBuilder) throws(PyError) {
    if spec.type != 0 && spec.type != 115 { try raiseFormatCode(spec.type, value) }
    if spec.sign != 0 { try raise(.valueError, "sign not allowed in string format specifier") }
    if spec.align == 61 { try raise(.valueError, "'=' alignment not allowed in string format specifier") }
    if spec.grouping != 0 || spec.fractionGrouping != 0 {
      try raise(
        .valueError, "cannot specify '%s' with 's'", Value(Qstr.character(spec.grouping == 0 ? spec.fractionGrouping : spec.grouping)))
    }
    if spec.noNegativeZero { try raise(.valueError, "negative zero coercion (z) not allowed in string format specifier") }
    if spec.isAlternate { try raise(.valueError, "alternate form (#) not allowed in string format specifier") }
    try appendPadded(text, spec, defaultAlign: 60, &builder)
  }

  /// Appends text cut to the precision and padded to the width.
  func appendPadded(_ text: Text, _ spec: FormatSpec, defaultAlign: UInt8, _ builder: inout StringBuilder) throws(PyError) {
    var text = text
    var length = text.length
    if spec.precision >= 0 && length > spec.precision {
      length = spec.precision
      text = text.part(0, text.offset(length))
    }
    let padding = max(spec.width &- length, 0)
    let align = spec.align == 0 ? defaultAlign : spec.align
    let left = align == 60 ? 0 : align == 94 ? padding / 2 : padding
    try appendFill(&builder, spec.fill, left)
    try builder.append(text)
    try appendFill(&builder, spec.fill, padding &- left)
  }
}
