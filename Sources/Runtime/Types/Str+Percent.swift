// `%` formatting of str and bytes: %[(key)][flags][width][.precision][length]type.

import Numerics

/// The values still to be used.
private struct PercentArguments {
  let values: Value
  /// The items of a tuple, or nil for a single value.
  var tuple: Ref<TupleObject>?
  var next = 0
  /// A mapping was subscripted, so that nothing is left over.
  var usedMapping = false

  var isUsedUp: Bool { next >= (tuple.map { $0.pointee.count } ?? 1) }
}

/// One directive.
private struct PercentDirective {
  var spec = FormatSpec()
  var isLeft = false
  var type: UInt8 = 0
}

extension VM {
  /// `text % values` for `str` or `bytes`.
  func percentFormat(_ receiver: TextReceiver, _ values: Value) throws(PyError) -> Value {
    var native = unwrapped(values)
    if native.isObject(.attributeTuple) { native = native.unchecked(AttributeTupleObject.self).pointee.values }
    var arguments = PercentArguments(values: values, tuple: native.isObject(.tuple) ? native.unchecked(TupleObject.self) : nil)
    let text = receiver.text
    var builder = try StringBuilder(self, capacity: text.count &+ 16)
    var index = 0
    while index < text.count {
      let run = TextSearch.first(37, text.start + index, text.count &- index)
      let end = run < 0 ? text.count : index &+ run
      if end > index { try builder.append(text.part(index, end &- index)) }
      if end == text.count { break }
      index = end &+ 1
      if index < text.count && text.start[index] == 37 {
        try builder.append(byte: 37)
        index &+= 1
        continue
      }
      try percentDirective(receiver, &index, &arguments, &builder)
    }
    let isMapping = arguments.tuple == nil && arguments.next == 0 && (arguments.usedMapping || isMappingOperand(native, values))
    if !arguments.isUsedUp && !isMapping { try raise(.typeError, "format string didn't convert all arguments") }
    return try finishText(receiver.kind, &builder)
  }

  /// A single operand that need not be used: anything with subscripts that is no text.
  private func isMappingOperand(_ native: Value, _ value: Value) -> Bool {
    if native.isName || native.isObject(.str) || native.isObject(.bytes) || native.isObject(.bytearray) { return false }
    if let owner = pythonClass(of: value), !special(owner, .__getitem__).isNull { return true }
    return native.isObject && !native.uncheckedHeader.pointee.isInstance && row(typeID(of: native)).getItem != nil
  }

  private func percentDirective(
    _ receiver: TextReceiver, _ index: inout Int, _ arguments: inout PercentArguments, _ builder: inout StringBuilder
  ) throws(PyError) {
    let text = receiver.text
    var directive = PercentDirective()
    var keyed = Value.null
    if index < text.count && text.start[index] == 40 { keyed = try percentKey(receiver, &index, &arguments) }
    readFlags(text, &index, &directive)
    directive.spec.width = try percentNumber(text, &index, &arguments)
    if directive.spec.width < 0 {
      directive.isLeft = true
      directive.spec.width = 0 &- directive.spec.width
    }
    if index < text.count && text.start[index] == 46 {
      index &+= 1
      directive.spec.precision = max(try percentNumber(text, &index, &arguments), 0)
    }
    while index < text.count && (text.start[index] == 104 || text.start[index] == 108 || text.start[index] == 76) { index &+= 1 }
    if index >= text.count { try raise(.valueError, "incomplete format") }
    directive.type = text.start[index]
    index &+= 1
    if directive.type == 37 { return try builder.append(byte: 37) }
    directive.spec.align = directive.isLeft ? 60 : directive.spec.isZeroPadded ? 61 : 62
    if directive.isLeft { directive.spec.fill = Text(" ") }
    let value = keyed.isNull ? try nextArgument(&arguments) : keyed
    try appendDirective(receiver, directive, value, index &- 1, &builder)
  }

  /// `(key)`: the value under it. The offset stands at the parenthesis.
  private func percentKey(_ receiver: TextReceiver, _ index: inout Int, _ arguments: inout PercentArguments) throws(PyError) -> Value {
    let text = receiver.text
    let start = index &+ 1
    var depth = 0
    while index < text.count {
      if text.start[index] == 40 { depth &+= 1 }
      if text.start[index] == 41 {
        depth &-= 1
        if depth == 0 { break }
      }
      index &+= 1
    }
    if index >= text.count { try raise(.valueError, "incomplete format key") }
    guard arguments.tuple == nil, isMappingOperand(unwrapped(arguments.values), arguments.values) else {
      try raise(.typeError, "format needs a dict")
    }
    let key = try newText(receiver.kind == .str ? .str : .bytes, text.part(start, index &- start))
    index &+= 1
    arguments.usedMapping = true
    return try getItem(arguments.values, key)
  }

  private func readFlags(_ text: Text, _ index: inout Int, _ directive: inout PercentDirective) {
    while index < text.count {
      switch text.start[index] {
      case 45: directive.isLeft = true
      case 43: directive.spec.sign = 43
      case 32: if directive.spec.sign == 0 { directive.spec.sign = 32 }
      case 35: directive.spec.isAlternate = true
      case 48:
        directive.spec.isZeroPadded = true
        directive.spec.fill = Text("0")
      default: return
      }
      index &+= 1
    }
  }

  /// A number in the format, or `*` for the next argument; 0 if there is none.
  private func percentNumber(_ text: Text, _ index: inout Int, _ arguments: inout PercentArguments) throws(PyError) -> Int {
    if index < text.count && text.start[index] == 42 {
      index &+= 1
      let value = try nextArgument(&arguments)
      guard isIndex(value) else { try raise(.typeError, "* wants int") }
      let number = try textInteger(value)
      guard abs(max(number, -Int.max)) < 0x4000_0000 else { try raise(.overflowError, "width or precision too big") }
      return number
    }
    var number = 0
    while index < text.count && Ascii.isDigit(text.start[index]) {
      number = number &* 10 &+ Int(text.start[index] &- 48)
      if number >= 0x4000_0000 { try raise(.valueError, "width or precision too big") }
      index &+= 1
    }
    return number
  }

  private func nextArgument(_ arguments: inout PercentArguments) throws(PyError) -> Value {
    if arguments.isUsedUp || arguments.usedMapping { try raise(.typeError, "format string needs more arguments") }
    let position = arguments.next
    arguments.next &+= 1
    return arguments.tuple.map { TupleObject.items($0)[position] } ?? arguments.values
  }

  private func appendDirective(
    _ receiver: TextReceiver, _ directive: PercentDirective, _ value: Value, _ offset: Int, _ builder: inout StringBuilder
  ) throws(PyError) {
    switch directive.type {
    case 100, 105, 117: try appendPercentInteger(value, 10, directive, &builder)
    case 111: try appendPercentInteger(value, 8, directive, &builder)
    case 120, 88: try appendPercentInteger(value, 16, directive, &builder)
    case 101, 69, 102, 70, 103, 71:
      guard let float = try findFloat(value) else { try raise(.typeError, "must be real number, not %t", value) }
      var spec = directive.spec
      spec.type = directive.type
      try appendFloat(float, spec, suffix: 0, &builder)
    case 99: try appendPercentCharacter(receiver.kind, value, directive, &builder)
    case 115, 114, 97, 98: try appendPercentText(receiver.kind, value, directive, offset, &builder)
    default: try raiseDirective(directive.type, offset)
    }
  }

  @inline(never) private func raiseDirective(_ type: UInt8, _ offset: Int) throws(PyError) -> Never {
    var code = StringBuilder(self)
    try code.append("0x")
    try code.append(hexadecimal: UInt(type))
    try raise(
      .valueError, "unsupported format character '%s' (%s) at index %s", Value(Qstr.character(type & 0x7f)), code.finish(),
      Value(smallInt: offset))
  }

  private func appendPercentInteger(_ value: Value, _ radix: Int, _ directive: PercentDirective, _ builder: inout StringBuilder)
    throws(PyError)
  {
    let integer = try percentInteger(value, allowsFloat: radix == 10, directive.type)
    var spec = directive.spec
    let minimum = max(spec.precision, 0)
    if spec.precision >= 0 && spec.isZeroPadded && !directive.isLeft {
      // With a precision the zero flag pads with zeros all the same.
      spec.align = 61
    }
    spec.precision = -1
    let letter: UInt8 = spec.isAlternate && radix != 10 ? directive.type : 0
    try appendInteger(integer, radix: radix, letter: letter, isUpper: directive.type == 88, spec, minimum: minimum, &builder)
  }

  /// The integer that `%d` and its kin print. Floats are cut off for `%d`. May run Python code.
  private func percentInteger(_ value: Value, allowsFloat: Bool, _ type: UInt8) throws(PyError) -> Value {
    let native = unwrapped(value)
    if native.isSmallInt || native.isBool || native.isObject(.int) { return native }
    if allowsFloat, let float = plainFloat(native) { return try intOfFloat(float) }
    if let owner = pythonClass(of: value) {
      var hook = special(owner, .__index__)
      if hook.isNull && allowsFloat { hook = special(owner, .__int__) }
      if !hook.isNull { return try percentInteger(call(hook, value), allowsFloat: false, type) }
    }
    let letter = Value(Qstr.character(type))
    if allowsFloat { try raise(.typeError, "%%%s format: a real number is required, not %t", letter, value) }
    try raise(.typeError, "%%%s format: an integer is required, not %t", letter, value)
  }

  private func appendPercentCharacter(
    _ kind: TextKind, _ value: Value, _ directive: PercentDirective, _ builder: inout StringBuilder
  ) throws(PyError) {
    var character = StringBuilder(self)
    if isIndex(value) {
      let code = try textInteger(value, clamped: true)
      if kind == .str {
        guard code >= 0 && code < 0x110000 else { try raise(.overflowError, "%%c arg not in range(0x110000)", .null) }
        try character.append(codePoint: UInt32(truncatingIfNeeded: code))
      } else {
        guard code >= 0 && code < 256 else { try raise(.overflowError, "%%c arg not in range(256)", .null) }
        try character.append(byte: UInt8(truncatingIfNeeded: code))
      }
    } else {
      guard let text = kind == .str ? (isString(value) ? uncheckedText(value) : nil) : bytesLike(value), text.length == 1 else {
        try raise(.typeError, "%%c needs int or char", .null)
      }
      try character.append(text)
    }
    var spec = directive.spec
    spec.fill = Text(" ")
    spec.precision = -1
    var text = character.text
    if kind != .str { text.isASCII = true }
    try appendPadded(text, spec, defaultAlign: 62, &builder)
  }

  /// `%s`, `%r`, `%a`, and for bytes `%b`.
  private func appendPercentText(
    _ kind: TextKind, _ value: Value, _ directive: PercentDirective, _ offset: Int, _ builder: inout StringBuilder
  ) throws(PyError) {
    var spec = directive.spec
    spec.fill = Text(" ")
    if spec.align == 61 { spec.align = 62 }
    if kind == .str {
      if directive.type == 98 { try raiseDirective(directive.type, offset) }
      if directive.type == 115 && (value.isName || value.isObject(.str)) {
        return try appendPadded(uncheckedText(value), spec, defaultAlign: 62, &builder)
      }
      var plain = StringBuilder(self)
      if directive.type == 97 {
        try plain.append(uncheckedText(ascii(value)))
      } else {
        try print(value, &plain, directive.type == 115 ? .str : .repr)
      }
      return try appendPadded(plain.text, spec, defaultAlign: 62, &builder)
    }
    if directive.type == 97 || directive.type == 114 {
      return try appendPadded(uncheckedText(ascii(value)), spec, defaultAlign: 62, &builder)
    }
    if let text = bytesLike(value) { return try appendPadded(text, spec, defaultAlign: 62, &builder) }
    if let owner = pythonClass(of: value) {
      let hook = special(owner, .__bytes__)
      if !hook.isNull, let text = bytesLike(try call(hook, value)) { return try appendPadded(text, spec, defaultAlign: 62, &builder) }
    }
    // MicroPython prints text and numbers too.
    var plain = StringBuilder(self)
    try print(value, &plain, .str)
    var text = plain.text
    text.isASCII = true
    try appendPadded(text, spec, defaultAlign: 62, &builder)
  }
}
