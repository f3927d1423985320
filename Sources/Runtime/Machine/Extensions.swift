// Taipan's own instructions, which only code compiled by Taipan holds (Bytecode/Extensions.swift says what they mean).
import Bytecode

/// Lengths of the operands of Taipan's own instructions.
enum ExtensionOpcode {
  static func operandLength(_ opcode: UInt8, _ start: UnsafePointer<UInt8>) -> Int {
    guard opcode >= 1 && opcode <= 7 && opcode != Opcode.wrapAsyncYield.rawValue else { return 0 }
    var end = start
    _ = readVarUInt(&end)
    return end - start
  }
}

extension VM {
  /// Executes one of them on operands that end at `end`; answers where its results end.
  func extensionInstruction(
    _ opcode: Opcode, _ frame: UnsafeMutablePointer<Frame>, _ operand: Int, _ end: UnsafeMutablePointer<Value>
  ) throws(PyError) -> UnsafeMutablePointer<Value> {
    var sp = end
    switch opcode {
    case .setFunctionAttribute:
      try setFunctionAttribute((sp - 2).pointee.unchecked(FunctionObject.self), operand, (sp - 1).pointee)
      sp -= 1
    case .formatValue: try formatOperand(operand, &sp)
    case .buildString:
      let bottom = sp - operand
      bottom.pointee = try joinOperands(bottom, operand)
      sp = bottom + 1
    case .loadIntrinsic:
      let isClass = operand == Int(Intrinsic.baseException.rawValue)
      sp.pointee = isClass ? Value(type: .baseException) : Value(.method, UInt(TypeID.intrinsic.number) &<< 8 | UInt(operand))
      sp += 1
    case .matchValue: try matchInstruction(operand, &sp)
    case .wrapAsyncYield: sp[-1] = try newAsyncYield(sp[-1])
    case .loadClassName: sp[-1] = try loadClassName(frame, sp[-1], frame.pointee.code.pointee.context.pointee.names[operand])
    default: try raise(.systemError, "unknown instruction")
    }
    return sp
  }

  private func setFunctionAttribute(_ function: Ref<FunctionObject>, _ attribute: Int, _ value: Value) throws(PyError) {
    if !function.pointee.attributes.isObject(.dict) { function.pointee.attributes = Value(try newDict()) }
    let dict = function.pointee.attributes.unchecked(DictObject.self)
    switch FunctionAttribute(rawValue: UInt8(truncatingIfNeeded: attribute)) {
    case .documentation: try dictSet(dict, .__doc__, value)
    case .qualifiedName: try dictSet(dict, .__qualname__, value)
    case .annotate: try dictSet(dict, .__annotate__, value)
    case .typeParameters: try dictSet(dict, .__type_params__, value)
    case nil: try raise(.systemError, "unknown function attribute")
    }
  }

  /// FORMAT_VALUE: conversion in the low two bits, bit 2: a specification lies on top.
  private func formatOperand(_ operand: Int, _ sp: inout UnsafeMutablePointer<Value>) throws(PyError) {
    var specification = Text("")
    var valueSlot = sp - 1
    if operand & 4 != 0 {
      specification = uncheckedText(sp[-1])
      valueSlot = sp - 2
    }
    var value = valueSlot.pointee
    switch operand & 3 {
    case 1: value = try str(value)
    case 2: value = try repr(value)
    case 3: value = try ascii(value)
    default: break
    }
    if specification.count > 0 || !(value.isName || value.isObject(.str)) {
      var builder = StringBuilder(self)
      try formatValue(value, spec: specification, into: &builder)
      value = try builder.finish()
    }
    valueSlot.pointee = value
    sp = valueSlot + 1
  }

  private func joinOperands(_ base: UnsafeMutablePointer<Value>, _ count: Int) throws(PyError) -> Value {
    var total = 0
    for index in 0..<count { total &+= uncheckedText(base[index]).count }
    var builder = try StringBuilder(self, capacity: total)
    for index in 0..<count { try builder.append(uncheckedText(base[index])) }
    return try builder.finish()
  }

  private func loadClassName(_ frame: UnsafeMutablePointer<Frame>, _ type: Value, _ name: Qstr) throws(PyError) -> Value {
    if type.isObject(.type) {
      let own = dictGet(type.unchecked(ClassObject.self).pointee.namespace, name)
      if !own.isNull { return own }
    }
    return try loadGlobal(frame.pointee.function.pointee.globals, name)
  }

  /// `ascii(value)`: its repr with everything beyond ASCII escaped.
  public func ascii(_ value: Value) throws(PyError) -> Value {
    let plain = try repr(value)
    let text = uncheckedText(plain)
    if text.isASCII { return plain }
    var builder = StringBuilder(self)
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        try builder.append(byte: byte)
        index &+= 1
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      var code = UInt32(byte) & (length == 4 ? 7 : length == 3 ? 15 : 31)
      for offset in 1..<length where index &+ offset < text.count { code = code &<< 6 | UInt32(text[index &+ offset] & 0x3F) }
      index &+= length
      try builder.append(code < 0x100 ? "\\x" : code < 0x10000 ? "\\u" : "\\U")
      var shift = code < 0x100 ? 4 : code < 0x10000 ? 12 : 28
      while shift >= 0 {
        let digit = UInt8(truncatingIfNeeded: code &>> UInt32(shift) & 15)
        try builder.append(byte: digit < 10 ? 48 &+ digit : 87 &+ digit)
        shift &-= 4
      }
    }
    return try builder.finish()
  }
}
