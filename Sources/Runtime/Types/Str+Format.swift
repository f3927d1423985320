// str.format and str.format_map: replacement fields `{name.attribute[index]!conversion:specification}`, nested in specifications.
//
// f-strings compile to calls of str.format, so plain `{}` is the fast path.

import Numerics

/// Where the values of fields come from, and how they are numbered.
private struct FieldSource {
  /// Positional values; the receiver of `format` is not among them.
  let positional: UnsafeMutablePointer<Value>
  let count: Int
  /// Pairs of name and value.
  let keywords: UnsafeMutablePointer<Value>
  let keywordCount: Int
  /// The mapping of `format_map`, or null.
  let mapping: Value
  /// The number of the next `{}`; negative once a number was given.
  var next = 0
}

/// `str.format(*args, **kwargs)`.
func strFormat(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let text = vm.uncheckedText(arguments[0])
  var source = FieldSource(
    positional: arguments.base + 1, count: arguments.count &- 1, keywords: arguments.base + arguments.count,
    keywordCount: arguments.keywordCount, mapping: .null)
  var builder = try StringBuilder(vm, capacity: text.count &+ 16)
  try vm.formatFields(text, &source, &builder, depth: 2)
  return try builder.finish()
}

/// `str.format_map(mapping)`.
func strFormatMap(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let text = vm.uncheckedText(arguments[0])
  var source = FieldSource(
    positional: arguments.base, count: 0, keywords: arguments.base, keywordCount: 0, mapping: arguments[1])
  var builder = try StringBuilder(vm, capacity: text.count &+ 16)
  try vm.formatFields(text, &source, &builder, depth: 2)
  return try builder.finish()
}

extension VM {
  /// Appends a text with its fields replaced. `depth` levels of nesting are allowed.
  fileprivate func formatFields(
    _ text: Text, _ source: inout FieldSource, _ builder: inout StringBuilder, depth: Int
  ) throws(PyError) {
    if depth == 0 { try raise(.valueError, "max string recursion exceeded") }
    var index = 0
    while index < text.count {
      var end = index
      while end < text.count && text.start[end] != 123 && text.start[end] != 125 { end &+= 1 }
      if end > index { try builder.append(text.part(index, end &- index)) }
      if end == text.count { return }
      let isDoubled = end &+ 1 < text.count && text.start[end &+ 1] == text.start[end]
      if isDoubled {
        try builder.append(byte: text.start[end])
        index = end &+ 2
        continue
      }
      if text.start[end] == 125 { try raise(.valueError, "single '}' encountered in format string") }
      index = end &+ 1
      if index < text.count && text.start[index] == 125 && source.next >= 0 && source.next < source.count && source.mapping.isNull {
        let value = source.positional[source.next]
        source.next &+= 1
        index &+= 1
        try formatValue(value, spec: .none, into: &builder)
      } else {
        index = try formatField(text, index, &source, &builder, depth: depth)
      }
    }
  }

  /// Appends one field; answers the offset behind its brace.
  private func formatField(
    _ text: Text, _ start: Int, _ source: inout FieldSource, _ builder: inout StringBuilder, depth: Int
  ) throws(PyError) -> Int {
    var index = start
    var inBrackets = false
    while index < text.count {
      let byte = text.start[index]
      if inBrackets {
        inBrackets = byte != 93
      } else if byte == 91 {
        inBrackets = true
      } else if byte == 33 || byte == 58 || byte == 125 {
        break
      } else if byte == 123 {
        try raise(.valueError, "unexpected '{' in field name")
      }
      index &+= 1
    }
    if index >= text.count { try raise(.valueError, "unmatched '{' in format") }
    var value = try fieldValue(text.part(start, index &- start), &source)
    if text.start[index] == 33 {
      value = try converted(value, text, index &+ 1)
      index &+= 2
    }
    if text.start[index] == 125 {
      try formatValue(value, spec: .none, into: &builder)
      return index &+ 1
    }
    let specStart = index &+ 1
    let specEnd = try endOfSpec(text, specStart)
    let spec = text.part(specStart, specEnd &- specStart)
    if TextSearch.first(123, spec.start, spec.count) < 0 {
      try formatValue(value, spec: spec, into: &builder)
    } else {
      var nested = StringBuilder(self)
      try formatFields(spec, &source, &nested, depth: depth &- 1)
      try formatValue(value, spec: nested.text, into: &builder)
    }
    return specEnd &+ 1
  }

  /// Applies `!r`, `!s` or `!a`, whose letter stands at the offset.
  private func converted(_ value: Value, _ text: Text, _ offset: Int) throws(PyError) -> Value {
    if offset >= text.count || text.start[offset] == 125 {
      try raise(.valueError, "end of format while looking for conversion specifier")
    }
    if offset &+ 1 >= text.count { try raise(.valueError, "unmatched '{' in format") }
    if text.start[offset &+ 1] != 58 && text.start[offset &+ 1] != 125 { try raise(.valueError, "expected ':' after format specifier") }
    return try formatConverted(value, text.start[offset])
  }

  /// `repr(value)`, `str(value)` or `ascii(value)`, by letter. May run Python code.
  func formatConverted(_ value: Value, _ letter: UInt8) throws(PyError) -> Value {
    var builder = StringBuilder(self)
    switch letter {
    case 114: try print(value, &builder, .repr)
    case 115:
      if value.isName || value.isObject(.str) { return value }
      try print(value, &builder, .str)
    case 97: return try ascii(value)
    default: try raise(.valueError, "unknown conversion specifier %s", Value(Qstr.character(letter & 0x7f)))
    }
    return try builder.finish()
  }

  /// The offset of the brace that ends a specification.
  private func endOfSpec(_ text: Text, _ start: Int) throws(PyError) -> Int {
    var depth = 1
    var index = start
    while index < text.count {
      if text.start[index] == 123 { depth &+= 1 }
      if text.start[index] == 125 {
        depth &-= 1
        if depth == 0 { return index }
      }
      index &+= 1
    }
    try raise(.valueError, "unmatched '{' in format")
  }

  /// The value that a field name means: a number, a keyword or nothing, followed by attributes and subscripts. May run Python code.
  private func fieldValue(_ name: Text, _ source: inout FieldSource) throws(PyError) -> Value {
    var end = 0
    while end < name.count && name.start[end] != 46 && name.start[end] != 91 { end &+= 1 }
    var value = try fieldRoot(name.part(0, end), &source)
    while end < name.count {
      let isAttribute = name.start[end] == 46
      let start = end &+ 1
      end = start
      if isAttribute {
        while end < name.count && name.start[end] != 46 && name.start[end] != 91 { end &+= 1 }
      } else {
        while end < name.count && name.start[end] != 93 { end &+= 1 }
        if end == name.count { try raise(.valueError, "missing ']' in format string") }
      }
      if end == start { try raise(.valueError, "empty attribute in format string") }
      let part = name.part(start, end &- start)
      if isAttribute {
        value = try getAttribute(value, intern(part))
      } else {
        let number = fieldNumber(part)
        value = try getItem(value, number >= 0 ? Value(smallInt: number) : newString(part))
        end &+= 1
        if end < name.count && name.start[end] != 46 && name.start[end] != 91 {
          try raise(.valueError, "only '.' or '[' may follow ']' in format field specifier")
        }
      }
    }
    return value
  }

  /// The number that a text of digits means; -1 for other texts.
  private func fieldNumber(_ text: Text) -> Int {
    if text.count == 0 || text.count > 9 { return -1 }
    var number = 0
    for index in 0..<text.count {
      if !Ascii.isDigit(text.start[index]) { return -1 }
      number = number &* 10 &+ Int(text.start[index] &- 48)
    }
    return number
  }

  private func fieldRoot(_ name: Text, _ source: inout FieldSource) throws(PyError) -> Value {
    var number = fieldNumber(name)
    if !source.mapping.isNull {
      if number >= 0 || name.count == 0 { try raise(.valueError, "format string contains positional fields") }
      return try getItem(source.mapping, newString(name))
    }
    if name.count == 0 {
      if source.next < 0 {
        try raise(.valueError, "can't switch from manual field specification to automatic field numbering")
      }
      number = source.next
      source.next &+= 1
    } else if number >= 0 {
      if source.next > 0 { try raise(.valueError, "can't switch from automatic field numbering to manual field specification") }
      source.next = -1
    }
    if number >= 0 {
      if number >= source.count { try raise(.indexError, "tuple index out of range") }
      return source.positional[number]
    }
    for index in 0..<source.keywordCount where uncheckedText(source.keywords[2 &* index]) == name {
      return source.keywords[2 &* index &+ 1]
    }
    try raise(.keyError, argument: newString(name))
  }
}
