// f-strings and t-strings.
//
// MicroPython's compiler turns `f"a{b:c}"` into `"a{:c}".format(b)`; so does this one for the cross compiler. Otherwise FORMAT_VALUE and
// BUILD_STRING do it without parsing a format at run time, and with all conversions.

import Bytecode

extension Emitter {
  mutating func joinedString(_ node: NodeIndex) throws(SyntaxFailure) {
    if !options.cpythonExtensions { return try formatCall(node) }
    mark(node)
    let parts = tree.list(tree[node].left)
    if parts.isEmpty { return emit(string: .none) }
    for part in parts {
      if tree.tag(part) == .interpolation { try formatted(part) } else { stringConstant(part) }
    }
    if parts.count > 1 { emit(.buildString, unsigned: parts.count, 1 - parts.count) }
  }

  private mutating func formatted(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.interpolation(node)
    try expression(parts.expression)
    var operand = 0
    switch parts.conversion {
    case 0x73: operand = 1
    case 0x72: operand = 2
    case 0x61: operand = 3
    default: break
    }
    if !parts.format.isNone {
      operand |= 4
      try joinedString(parts.format)
    }
    emit(.formatValue, unsigned: operand, operand & 4 != 0 ? -1 : 0)
  }

  // MARK: str.format

  /// `"text {} text".format(values)`
  private mutating func formatCall(_ node: NodeIndex) throws(SyntaxFailure) {
    mark(node)
    var text = GrowableBuffer<UInt8>(space)
    var values = GrowableBuffer<NodeIndex>(space)
    try appendFormat(node, &text, &values)
    emit(text: text.all)
    emit(.loadMethod, name: EmitterName.format.index, 1)
    for index in 0..<values.count { try expression(values[index]) }
    guard values.count < 256 else { throw failure(.codeTooLarge, node) }
    emit(.callMethod, unsigned: values.count, -values.count - 1)
  }

  private mutating func appendFormat(
    _ node: NodeIndex, _ text: inout GrowableBuffer<UInt8>, _ values: inout GrowableBuffer<NodeIndex>
  ) throws(SyntaxFailure) {
    for part in tree.list(tree[node].left) {
      if tree.tag(part) == .string {
        for byte in tree.stringBytes(part) {
          text.write(byte)
          if byte == 0x7b || byte == 0x7d { text.write(byte) }
        }
        continue
      }
      let parts = tree.interpolation(part)
      try values.append(parts.expression)
      text.write(0x7b)
      if parts.conversion != 0 && !hasImpliedConversion(parts) {
        text.write(0x21)
        text.write(parts.conversion)
      }
      if !parts.format.isNone {
        text.write(0x3a)
        try appendFormat(parts.format, &text, &values)
      }
      text.write(0x7d)
    }
  }

  /// `{x=}`: the conversion is not written, and MicroPython does without.
  private mutating func hasImpliedConversion(_ parts: InterpolationParts) -> Bool {
    guard let start = parts.text.baseAddress, let base = tree.source.baseAddress else { return false }
    var offset = start - base + parts.text.count
    var sawEquals = false
    while offset < tree.source.count {
      switch tree.source[offset] {
      case 0x20, 0x09, 0x0a, 0x0d, 0x29: break
      case 0x3d: sawEquals = true
      case 0x21: return false
      default: return sawEquals
      }
      offset += 1
    }
    return false
  }

  // MARK: t-strings

  /// `__template__(("text", ...), value, "expression", conversion, "format", ...)`, as MicroPython's lexer rewrites it.
  mutating func templateString(_ node: NodeIndex) throws(SyntaxFailure) {
    mark(node)
    let parts = tree.list(tree[node].left)
    var valueCount = 0
    for part in parts where tree.tag(part) != .string { valueCount += 1 }
    loadName(EmitterName.template.index)
    try emitTexts(parts, valueCount + 1)
    for part in parts where tree.tag(part) != .string { try templateValue(part) }
    let count = 1 + 4 * valueCount
    if count <= 255 { return callFunction(count) }
    emitBuild(.buildTuple, count - 1)
    callFunction(2)
  }

  /// Loads the tuple of the texts before, between and after the values.
  private mutating func emitTexts(_ parts: SyntaxList, _ count: Int) throws(SyntaxFailure) {
    let start = constants.bytes.count
    constants.bytes.write(.tuple, count: count)
    var pending = GrowableBuffer<UInt8>(space)
    for part in parts {
      if tree.tag(part) == .string {
        pending.offer(tree.stringBytes(part))
      } else {
        constants.bytes.write(.string, pending.all)
        pending.truncate(to: 0)
      }
    }
    constants.bytes.write(.string, pending.all)
    emit(constantFrom: start)
  }

  private mutating func templateValue(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.interpolation(node)
    try expression(parts.expression)
    emit(text: parts.text)
    if parts.conversion == 0 { emit(.loadConstNone, 1) } else { emit(conversion: parts.conversion) }
    if parts.format.isNone { emit(string: .none) } else { try templateFormat(parts.format) }
  }

  private mutating func templateFormat(_ node: NodeIndex) throws(SyntaxFailure) {
    let parts = tree.list(tree[node].left)
    if parts.isEmpty { return emit(string: .none) }
    if parts.count == 1 && tree.tag(parts[0]) == .string { return stringConstant(parts[0]) }
    try joinedString(node)
  }

  private mutating func emit(conversion: UInt8) {
    var byte = conversion
    let name = withUnsafePointer(to: &byte) { names.intern(UnsafeBufferPointer(start: $0, count: 1)) }
    emit(string: name)
  }
}
