// Instructions that both forms of code execute out of line, on the operand stack: they are rare, or cost so much that a call does not matter.
import Bytecode

extension VM {
  /// Executes an instruction whose operands end at `sp`; answers where its results end. `extra` is the byte of a
  /// MAKE_CLOSURE, for BUILD_SLICE the next opcode.
  @inline(never) func stackInstruction(
    _ opcode: Opcode, _ frame: UnsafeMutablePointer<Frame>, _ operand: Int, _ extra: Int, _ sp: UnsafeMutablePointer<Value>
  ) throws(PyError) -> UnsafeMutablePointer<Value> {
    switch opcode {
    case .deleteName: try deleteName(frame, name(frame, operand))
    case .deleteGlobal: try deleteGlobal(frame.pointee.function.pointee.globals, name(frame, operand))
    case .deleteDeref:
      let cell = frame.pointee.locals[operand].unchecked(CellObject.self)
      if cell.pointee.value.isNull { try raiseUnbound(frame, operand) }
      cell.pointee.value = .null
    case .loadBuildClass:
      sp.pointee = try loadBuildClass()
      return sp + 1
    case .loadSuperMethod:
      try loadSuperMethod(sp - 3, name(frame, operand))
      return sp - 1
    case .importName:
      let bottom = sp - 2
      bottom[0] = try importName(name(frame, operand), from: bottom[1], level: bottom[0])
      return bottom + 1
    case .importFrom:
      let bottom = sp - 1
      bottom[1] = try importFrom(bottom[0], name(frame, operand))
      return sp + 1
    case .importStar:
      try importStar((sp - 1).pointee, frame)
      return sp - 1
    case .buildMap:
      sp.pointee = Value(try newDict(capacity: operand))
      return sp + 1
    case .buildSet:
      let bottom = sp - operand
      bottom.pointee = try newSet(bottom, operand)
      return bottom + 1
    case .buildSlice:
      let bottom = sp - operand
      bottom.pointee = try subscriptSlice(bottom + 2, operand == 3 ? bottom[2] : .none, before: UInt8(truncatingIfNeeded: extra))
      return bottom + 1
    case .unpackEx:
      let bottom = sp - 1
      try unpackStarred(bottom.pointee, before: operand & 0xff, after: operand &>> 8, bottom)
      return sp + (operand & 0xff &+ operand &>> 8)
    case .makeFunction, .makeFunctionDefargs, .makeClosure, .makeClosureDefargs: return try makeFunction(opcode, frame, operand, extra, sp)
    default: return try extensionInstruction(opcode, frame, operand, sp)
    }
    return sp
  }

  @inline(__always) private func name(_ frame: UnsafeMutablePointer<Frame>, _ index: Int) -> Qstr {
    frame.pointee.code.pointee.context.pointee.names[index]
  }

  private func makeFunction(
    _ opcode: Opcode, _ frame: UnsafeMutablePointer<Frame>, _ child: Int, _ cells: Int, _ sp: UnsafeMutablePointer<Value>
  ) throws(PyError) -> UnsafeMutablePointer<Value> {
    let function = try newFunction(frame.pointee.code.pointee.children[child], frame.pointee.function.pointee.globals)
    var bottom = sp
    if opcode == .makeClosure || opcode == .makeClosureDefargs {
      bottom -= cells
      function.pointee.closure = try newTuple(bottom, cells)
    }
    if opcode == .makeFunctionDefargs || opcode == .makeClosureDefargs {
      bottom -= 2
      function.pointee.defaults = bottom[0]
      function.pointee.keywordDefaults = bottom[1]
    }
    bottom.pointee = Value(function)
    return bottom + 1
  }
}
