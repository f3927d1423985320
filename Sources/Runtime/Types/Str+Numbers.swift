// Numbers as text, with sign, prefix, grouping and padding: shared by the format mini-language and by `%`.

import Numerics

/// A number's text without padding. `digits` begins with the digits before the point; `count` counts all bytes.
private struct NumberText {
  /// 0 for none.
  var sign: UInt8 = 0
  /// The letter of `0x` and its kin; 0 for none.
  var prefix: UInt8 = 0
  var digits: UnsafePointer<UInt8>
  var count: Int
  /// `%` or `j`; 0 for none.
  var suffix: UInt8 = 0
  /// Digits between separators.
  var groupSize = 3

  /// Digits before the point.
  var integerCount: Int {
    var index = 0
    while index < count && Ascii.digitValue(digits[index]) < 16 && !(digits[index] | 32 == 101 && index > 0 && isExponent(index)) {
      index &+= 1
    }
    return index
  }

  private func isExponent(_ index: Int) -> Bool { index &+ 1 < count && (digits[index &+ 1] == 43 || digits[index &+ 1] == 45) }
}

/// Room for the text of most numbers, on the native stack.
private typealias Scratch = (
  UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64
)
private var emptyScratch: Scratch { (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) }
private var scratchSize: Int { 128 }

extension VM {
  // MARK: Layout

  /// Appends a number with its sign, separators and padding. `digits` must not lie in the builder.
  private func appendNumber(_ number: NumberText, _ spec: FormatSpec, _ builder: inout StringBuilder) throws(PyError) {
    let align = spec.align != 0 ? spec.align : spec.isZeroPadded ? 61 : 62
    let integers = number.integerCount
    let extra = (number.sign == 0 ? 0 : 1) &+ (number.prefix == 0 ? 0 : 2) &+ (number.suffix == 0 ? 0 : 1)
    let fraction = fractionLength(number, integers, spec)
    var shown = integers
    // Zeros between sign and digits get separators too.
    if spec.grouping != 0 && integers > 0 && align == 61 && spec.fill.count == 1 && spec.fill.start[0] == 48 {
      let room = spec.width &- extra &- fraction
      while grouped(shown, number.groupSize) < room { shown &+= 1 }
    }
    let integerLength = spec.grouping == 0 ? shown : grouped(shown, number.groupSize)
    let padding = max(spec.width &- integerLength &- fraction &- extra, 0)
    let left = align == 60 ? 0 : align == 94 ? padding / 2 : padding
    if align != 61 { try appendFill(&builder, spec.fill, left) }
    if number.sign != 0 { try builder.append(byte: number.sign) }
    if number.prefix != 0 {
      try builder.append(byte: 48)
      try builder.append(byte: number.prefix)
    }
    if align == 61 { try appendFill(&builder, spec.fill, left) }
    try appendIntegers(number, integers, shown, spec, &builder)
    try appendFraction(number, integers, spec, &builder)
    if number.suffix != 0 { try builder.append(byte: number.suffix) }
    if align != 61 { try appendFill(&builder, spec.fill, padding &- left) }
  }

  /// The length of so many digits with separators.
  private func grouped(_ digits: Int, _ size: Int) -> Int { digits <= 0 ? 0 : digits &+ (digits &- 1) / size }

  private func appendIntegers(
    _ number: NumberText, _ count: Int, _ shown: Int, _ spec: FormatSpec, _ builder: inout StringBuilder
  ) throws(PyError) {
    if spec.grouping == 0 { return try builder.append(Text(start: number.digits, count: count, isASCII: true)) }
    for index in 0..<shown {
      let left = shown &- index
      try builder.append(byte: left > count ? 48 : number.digits[count &- left])
      if left > 1 && (left &- 1) % number.groupSize == 0 { try builder.append(byte: spec.grouping) }
    }
  }

  /// Digits right after the point.
  private func fractionDigits(_ number: NumberText, _ from: Int) -> Int {
    if from >= number.count || number.digits[from] != 46 { return 0 }
    var index = from &+ 1
    while index < number.count && Ascii.isDigit(number.digits[index]) { index &+= 1 }
    return index &- from &- 1
  }

  /// The length of all that follows the integer digits.
  private func fractionLength(_ number: NumberText, _ from: Int, _ spec: FormatSpec) -> Int {
    let digits = spec.fractionGrouping == 0 ? 0 : fractionDigits(number, from)
    return number.count &- from &+ (digits > 0 ? (digits &- 1) / 3 : 0)
  }

  private func appendFraction(_ number: NumberText, _ from: Int, _ spec: FormatSpec, _ builder: inout StringBuilder) throws(PyError) {
    var position = from
    if spec.fractionGrouping != 0 {
      let digits = fractionDigits(number, from)
      if digits > 0 { try builder.append(byte: 46) }
      position = digits > 0 ? from &+ 1 : from
      for index in 0..<digits {
        if index > 0 && index % 3 == 0 { try builder.append(byte: spec.fractionGrouping) }
        try builder.append(byte: number.digits[position])
        position &+= 1
      }
    }
    try builder.append(Text(start: number.digits + position, count: number.count &- position, isASCII: true))
  }

  // MARK: Integers

  /// An `int` or `bool` by the mini-language. `value` is what an error names.
  func formatInteger(_ integer: Value, _ spec: FormatSpec, _ value: Value, _ builder: inout StringBuilder) throws(PyError) {
    var radix = 10
    switch spec.type {
    case 0, 100, 110: break
    case 98: radix = 2
    case 111: radix = 8
    case 120, 88: radix = 16
    case 99: return try formatCharacter(integer, spec, &builder)
    case 101, 69, 102, 70, 103, 71, 37:
      guard let float = try findFloat(integer) else { try raiseFormatCode(spec.type, value) }
      return try formatFloat(float, spec, value, &builder)
    default: try raiseFormatCode(spec.type, value)
    }
    if spec.precision >= 0 || spec.fractionGrouping != 0 { try raise(.valueError, "precision not allowed in integer format specifier") }
    if spec.noNegativeZero { try raise(.valueError, "negative zero coercion (z) not allowed in integer format specifier") }
    if spec.grouping != 0 && (spec.type == 110 || spec.grouping == 44 && radix != 10) {
      try raise(.valueError, "cannot specify '%s' with '%s'", Value(Qstr.character(spec.grouping)), Value(Qstr.character(spec.type)))
    }
    try appendInteger(
      integer, radix: radix, letter: spec.isAlternate && radix != 10 ? spec.type : 0, isUpper: spec.type == 88, spec, &builder)
  }

  private func formatCharacter(_ integer: Value, _ spec: FormatSpec, _ builder: inout StringBuilder) throws(PyError) {
    if spec.sign != 0 { try raise(.valueError, "sign not allowed with integer format specifier 'c'") }
    if spec.isAlternate || spec.precision >= 0 || spec.noNegativeZero || spec.grouping != 0 || spec.fractionGrouping != 0 {
      try raise(.valueError, "only width and alignment are allowed with integer format specifier 'c'")
    }
    let codePoint = try textInteger(integer, clamped: true)
    guard codePoint >= 0 && codePoint < 0x110000 else { try raise(.overflowError, "%c arg not in range(0x110000)") }
    var character = StringBuilder(self)
    try character.append(codePoint: UInt32(truncatingIfNeeded: codePoint))
    try appendPadded(character.text, spec, defaultAlign: 62, &builder)
  }

  /// Appends an integer. `letter` makes the prefix, `minimum` is the least number of digits.
  func appendInteger(
    _ integer: Value, radix: Int, letter: UInt8, isUpper: Bool, _ spec: FormatSpec, minimum: Int = 0, _ builder: inout StringBuilder
  ) throws(PyError) {
    if integer.isObject(.int) {
      let object = integer.unchecked(IntObject.self)
      let count = abs(object.pointee.signedCount)
      let limbs = IntObject.limbs(object)
      try appendMagnitude(limbs, count, object.pointee.signedCount < 0, radix, letter, isUpper, spec, minimum, &builder)
    } else {
      let small = integer.isSmallInt ? integer.uncheckedSmallInt : integer == .true ? 1 : 0
      var magnitude = small.magnitude
      try withUnsafeMutablePointer(to: &magnitude) { (limb) throws(PyError) in
        try appendMagnitude(limb, small == 0 ? 0 : 1, small < 0, radix, letter, isUpper, spec, minimum, &builder)
      }
    }
  }

  private func appendMagnitude(
    _ limbs: UnsafeMutablePointer<UInt>, _ count: Int, _ isNegative: Bool, _ radix: Int, _ letter: UInt8, _ isUpper: Bool,
    _ spec: FormatSpec, _ minimum: Int, _ builder: inout StringBuilder
  ) throws(PyError) {
    var number = NumberText(digits: UnsafePointer(bitPattern: 1).unsafelyUnwrapped, count: 0)
    number.sign = isNegative ? 45 : spec.sign == 43 || spec.sign == 32 ? spec.sign : 0
    number.prefix = letter
    number.groupSize = radix == 10 ? 3 : 4
    let word = count == 0 ? 0 : limbs[0]
    if count <= 1 && minimum <= scratchSize &- IntegerText.capacity {
      var scratch = emptyScratch
      try withUnsafeMutableBytes(of: &scratch) { (bytes) throws(PyError) in
        let text = bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
        let written =
          radix == 10 ? IntegerText.writeDecimal(word, into: text) : IntegerText.write(word, radix: radix, uppercase: isUpper, into: text)
        number.count = padDigits(text, written, minimum)
        number.digits = UnsafePointer(text)
        try appendNumber(number, spec, &builder)
      }
      return
    }
    let text = try allocateBytes(max(BigInteger.textCapacity(limbs, count, radix: radix), 24, minimum) &+ 8)
    let written = try bigDigits(limbs, count, radix, isUpper, text)
    number.count = padDigits(text, written, minimum)
    number.digits = UnsafePointer(text)
    try appendNumber(number, spec, &builder)
    interpreter.pointee.heap.free(text)
  }

  /// Puts zeros in front of digits.
  private func padDigits(_ text: UnsafeMutablePointer<UInt8>, _ count: Int, _ minimum: Int) -> Int {
    if count >= minimum { return count }
    let zeros = minimum &- count
    (text + zeros).update(from: text, count: count)
    text.update(repeating: 48, count: zeros)
    return minimum
  }

  /// The digits of a magnitude; KeyboardInterrupt may break it off.
  private func bigDigits(
    _ limbs: UnsafeMutablePointer<UInt>, _ count: Int, _ radix: Int, _ isUpper: Bool, _ text: UnsafeMutablePointer<UInt8>
  ) throws(PyError) -> Int {
    let scratchCount = BigInteger.textScratchCapacity(count, radix: radix)
    let scratch = UnsafeMutableRawPointer(try allocateBytes(max(scratchCount, 1) &* MemoryLayout<UInt>.size)).assumingMemoryBound(
      to: UInt.self)
    var interruption = Interruption(context: UnsafeMutableRawPointer(interpreter.pointee.pending)) { context in
      context.unsafelyUnwrapped.assumingMemoryBound(to: UInt32.self).pointee & PendingReason.keyboardInterrupt != 0
    }
    let written = BigInteger.text(limbs, count, radix: radix, uppercase: isUpper, into: text, scratch: scratch, interruption: &interruption)
    interpreter.pointee.heap.free(scratch)
    if written < 0 { try pollPending() }
    return max(written, 0)
  }

  // MARK: Floats

  /// A `float` by the mini-language.
  func formatFloat(_ float: PyFloat, _ spec: FormatSpec, _ value: Value, _ builder: inout StringBuilder) throws(PyError) {
    switch spec.type {
    case 0, 101, 69, 102, 70, 103, 71, 110, 37: break
    default: try raiseFormatCode(spec.type, value)
    }
    if spec.type == 110 && spec.grouping != 0 {
      try raise(.valueError, "cannot specify '%s' with 'n'", Value(Qstr.character(spec.grouping)))
    }
    try appendFloat(float, spec, suffix: spec.type == 37 ? 37 : 0, &builder)
  }

  /// Appends a float. Type 0 means the shortest text, or with a precision `g` with at least one digit after the point.
  func appendFloat(_ float: PyFloat, _ spec: FormatSpec, suffix: UInt8, _ builder: inout StringBuilder) throws(PyError) {
    let value = spec.type == 37 ? float * 100 : float
    let code: UInt8 = spec.type == 0 || spec.type == 110 ? 103 : spec.type == 37 ? 102 : spec.type
    let precision = spec.precision < 0 ? 6 : spec.precision
    if precision > 0xff_ffff { try raise(.valueError, "precision too big") }
    let needed = max(FloatText.formatCapacity(value, code: code, precision: precision), FloatText.reprCapacity) &+ 8
    if needed <= scratchSize {
      var scratch = emptyScratch
      try withUnsafeMutableBytes(of: &scratch) { (bytes) throws(PyError) in
        let text = bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
        try appendFloat(value, code, precision, spec, suffix, text, &builder)
      }
    } else {
      let text = try allocateBytes(needed)
      try appendFloat(value, code, precision, spec, suffix, text, &builder)
      interpreter.pointee.heap.free(text)
    }
  }

  private func appendFloat(
    _ value: PyFloat, _ code: UInt8, _ precision: Int, _ spec: FormatSpec, _ suffix: UInt8, _ text: UnsafeMutablePointer<UInt8>,
    _ builder: inout StringBuilder
  ) throws(PyError) {
    var written: Int
    if spec.type != 0 {
      written = FloatText.formatFloat(value, code: code, precision: precision, alternate: spec.isAlternate, into: text)
    } else if spec.precision < 0 {
      written = FloatText.repr(value.magnitude, into: text)
      if spec.isAlternate && value.isFinite { written = addPoint(text, written) }
    } else {
      written = shortText(value, precision, spec.isAlternate, text)
    }
    var number = NumberText(digits: UnsafePointer(text), count: written)
    var isNegative = value.sign == .minus && !value.isNaN
    if isNegative && spec.noNegativeZero && isZeroText(text, written) { isNegative = false }
    number.sign = isNegative ? 45 : spec.sign == 43 || spec.sign == 32 ? spec.sign : 0
    number.suffix = suffix
    try appendNumber(number, spec, &builder)
  }

  /// Puts the point that `#` asks for before the exponent of digits that have none.
  private func addPoint(_ text: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    let exponent = TextSearch.first(101, text, count)
    if exponent < 0 || TextSearch.first(46, text, count) >= 0 { return count }
    (text + (exponent &+ 1)).update(from: text + exponent, count: count &- exponent)
    text[exponent] = 46
    return count &+ 1
  }

  /// `g`, but with at least one digit after the point, for which exponents begin one earlier.
  private func shortText(_ value: PyFloat, _ precision: Int, _ isAlternate: Bool, _ text: UnsafeMutablePointer<UInt8>) -> Int {
    let significant = max(precision, 1)
    var written = FloatText.formatFloat(value, code: 103, precision: significant, alternate: isAlternate, into: text)
    var integers = 0
    while integers < written && Ascii.isDigit(text[integers]) { integers &+= 1 }
    if integers == 0 || integers < written && text[integers] == 101 || TextSearch.first(101, text, written) >= 0 { return written }
    if integers >= significant && (text[0] != 48 || value == 0) {
      written = FloatText.formatFloat(value, code: 101, precision: significant &- 1, alternate: isAlternate, into: text)
      return isAlternate ? written : stripExponentZeros(text, written)
    }
    if integers == written {
      text[written] = 46
      text[written &+ 1] = 48
      written &+= 2
    }
    return written
  }

  /// Takes trailing zeros off the digits before an exponent.
  private func stripExponentZeros(_ text: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    let exponent = TextSearch.first(101, text, count)
    if exponent < 0 || TextSearch.first(46, text, exponent) < 0 { return count }
    var end = exponent
    while text[end &- 1] == 48 { end &-= 1 }
    if text[end &- 1] == 46 { end &-= 1 }
    (text + end).update(from: text + exponent, count: count &- exponent)
    return count &- (exponent &- end)
  }

  private func isZeroText(_ text: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
    var index = 0
    while index < count && text[index] | 32 != 101 {
      if text[index] != 48 && text[index] != 46 { return false }
      index &+= 1
    }
    return true
  }

  /// A `complex` by the mini-language: both parts alike, the whole padded.
  func formatComplex(_ complex: Value, _ spec: FormatSpec, _ value: Value, _ builder: inout StringBuilder) throws(PyError) {
    switch spec.type {
    case 0, 101, 69, 102, 70, 103, 71, 110: break
    default: try raiseFormatCode(spec.type, value)
    }
    if spec.isZeroPadded || spec.align == 61 { try raise(.valueError, "zero padding is not allowed in complex format specifier") }
    var whole = StringBuilder(self)
    if spec.type == 0 && spec.precision < 0 && spec.sign == 0 && spec.grouping == 0 {
      try print(complex, &whole, .str)
    } else {
      let object = complex.unchecked(ComplexObject.self).pointee
      var part = spec
      part.width = 0
      if part.type == 0 { part.type = 103 }
      let hasParentheses = spec.type == 0 && !(object.real == 0 && object.real.sign == .plus)
      if hasParentheses { try whole.append(byte: 40) }
      if spec.type != 0 || hasParentheses {
        try appendFloat(object.real, part, suffix: 0, &whole)
        part.sign = 43
      }
      try appendFloat(object.imaginary, part, suffix: 106, &whole)
      if hasParentheses { try whole.append(byte: 41) }
    }
    var padding = spec
    padding.precision = -1
    try appendPadded(whole.text, padding, defaultAlign: 62, &builder)
  }
}
