import Testing

@testable import Bytecode

/// A code object of five slots with so many exception blocks, made of instructions.
private func code(_ instructions: [Any], state: Int = 9, blocks: Int = 2, flags: Int = 0, positional: Int = 0, cells: [UInt8] = [])
  -> [UInt8]
{
  var signature = PreludeSignature()
  signature.stateCount = state
  signature.exceptionCount = blocks
  signature.flags = flags
  signature.positionalCount = positional
  var bytes: [UInt8] = []
  signature.encode(into: &bytes)
  PreludeSize(infoCount: 1 + positional, cellCount: cells.count).encode(into: &bytes)
  bytes += [UInt8](repeating: 1, count: 1 + positional) + cells
  for part in instructions {
    if let opcode = part as? Opcode {
      bytes.append(opcode.rawValue)
    } else if let number = part as? Int {
      bytes.append(UInt8(truncatingIfNeeded: number))
    }
  }
  return bytes
}

/// What the verifier says of a module of one code object and, if given, a child.
private func fault(_ root: [UInt8], child: [UInt8]? = nil) -> BytecodeError.Kind? {
  let names: [StaticString] = ["t.py", "<module>", "BaseException"]
  var codes = [CodePlace(firstByte: 0, byteCount: root.count, firstChild: 0, childCount: child == nil ? 0 : 1)]
  if let child { codes.append(CodePlace(firstByte: root.count, byteCount: child.count, firstChild: 1, childCount: 0)) }
  var constants: [UInt8] = []
  constants.write(.float)
  constants.write(1.0)
  let module = constants.withUnsafeBufferPointer { constants in
    codes.withUnsafeBufferPointer { codes in
      (root + (child ?? [])).withUnsafeBufferPointer { bytes in
        [1, UInt32(constants.count)].withUnsafeBufferPointer { words in
          let parts = CompiledModule.Parts(
            nameCount: names.count, constants: constants, constantEnds: UnsafeBufferPointer(rebasing: words[1...]), codes: codes,
            bytes: bytes,
            children: UnsafeBufferPointer(rebasing: words[..<1]))
          return CompiledModule(parts, memory: .system) {
            UnsafeBufferPointer(start: names[$0].utf8Start, count: names[$0].utf8CodeUnitCount)
          }.unsafelyUnwrapped
        }
      }
    }
  }
  defer { module.deallocate() }
  do throws(BytecodeError) {
    try Verifier.check(module)
    return nil
  } catch { return error.kind }
}

@Suite struct VerifierTests {
  typealias O = Opcode

  /// The body of a `while` loop stands before the condition: it is reached only by the jump back.
  @Test func loopBodiesAreChecked() {
    let condition: [Any] = [O.loadName, 1, O.popJumpIfTrue]
    #expect(
      fault(
        code([O.jump, 0x43, O.loadConstNone, O.popTop, O.loadConstTrue] + [O.popTop] + condition + [0x37, O.loadConstNone, O.returnValue]))
        == .badJump)
    #expect(fault(code([O.jump, 0x42, O.loadConstNone, O.popTop] + condition + [0x3a, O.loadConstNone, O.returnValue])) == nil)
    #expect(fault(code([O.jump, 0x42, O.popTop, O.popTop] + condition + [0x3a, O.loadConstNone, O.returnValue])) == .badStack)
    #expect(
      fault(code([O.jump, 0x42, O.loadConstNone, O.loadConstNone] + condition + [0x3a, O.loadConstNone, O.returnValue])) == .badStack)
  }

  @Test func operands() {
    #expect(fault(code([O.loadName, 3, O.returnValue])) == .badOperand)
    #expect(fault(code([O.loadConstObj, 1, O.returnValue])) == .badOperand)
    #expect(fault(code([O.makeFunction, 0, O.returnValue])) == .badOperand)
    #expect(fault(code([O.loadFastN, 9, O.returnValue])) == .badOperand)
    #expect(fault(code([O.loadFast15, O.returnValue])) == .badOperand)
    #expect(fault(code([O.loadConstNone, O.loadConstNone, O.buildSlice, 1, O.returnValue])) == .badOperand)
    #expect(fault(code([O.loadIntrinsic, 100, O.returnValue])) == .badOperand)
  }

  @Test func cells() {
    let child = code([O.loadDeref, 0, O.returnValue], positional: 1)
    // A cell of the outer function, taken over.
    #expect(fault(code([O.loadFast0, O.makeClosure, 0, 1, O.returnValue], cells: [0]), child: child) == nil)
    // An ordinary local instead of a cell; a function made without cells; more cells than parameters.
    #expect(fault(code([O.loadFast0, O.makeClosure, 0, 1, O.returnValue]), child: child) == .badStack)
    #expect(fault(code([O.makeFunction, 0, O.returnValue]), child: child) == .badOperand)
    #expect(fault(code([O.loadFast0, O.loadFast0, O.makeClosure, 0, 2, O.returnValue], cells: [0]), child: child) == .badOperand)
    // What is no cell may not get where one is expected, and a cell is no value.
    #expect(fault(code([O.loadConstNone, O.storeFast0, O.loadDeref, 0, O.returnValue], cells: [0])) == .badOperand)
    #expect(fault(code([O.loadFast0, O.loadAttr, 1, O.returnValue], cells: [0])) == .badStack)
  }

  @Test func nullsAndLoops() {
    #expect(fault(code([O.loadNull, O.returnValue])) == .badStack)
    #expect(fault(code([O.loadConstNone, O.loadNull, O.rotTwo, O.storeAttr, 1, O.loadConstNone, O.returnValue])) == nil)
    #expect(fault(code([O.loadName, 1, O.getIterStack, O.forIter, 2, O.popTop, O.jump, 0x3b, O.loadConstNone, O.returnValue])) == .badJump)
    #expect(fault(code([O.loadName, 1, O.getIterStack, O.forIter, 3, O.popTop, O.jump, 0x3b, O.loadConstNone, O.returnValue])) == nil)
    // The slots of a loop are no values, and a loop wants its slots.
    #expect(fault(code([O.loadName, 1, O.getIterStack, O.returnValue])) == .badStack)
    #expect(
      fault(
        code([O.loadConstNone, O.loadConstNone, O.loadConstNone, O.loadConstNone, O.forIter, 1, O.popTop, O.loadConstNone, O.returnValue]))
        == .badStack)
    // STORE_COMP wants a list of its own.
    #expect(fault(code([O.loadName, 1, O.loadConstNone, O.storeComp, 4, O.returnValue])) == .badStack)
    #expect(fault(code([O.buildList, 0, O.loadConstNone, O.storeComp, 4, O.returnValue])) == nil)
  }

  @Test func exceptionBlocks() {
    let body: [Any] = [O.loadName, 1, O.popTop]
    // try … finally
    let good: [Any] = [O.setupFinally, 4] + body + [O.loadConstNone, O.endFinally, O.loadConstNone, O.returnValue]
    #expect(fault(code(good)) == nil)
    #expect(fault(code(good, blocks: 0)) == .badBlock)
    // Something else than None falls into the handler; a block that nobody set up; one that is left by a return is fine.
    #expect(fault(code([O.setupFinally, 4] + body + [O.loadConstTrue, O.endFinally, O.loadConstNone, O.returnValue])) == .badStack)
    #expect(fault(code([O.loadConstNone, O.endFinally, O.loadConstNone, O.returnValue])) == .badBlock)
    #expect(fault(code([O.popExceptJump, 0, O.loadConstNone, O.returnValue])) == .badBlock)
    #expect(fault(code([O.setupFinally, 2, O.loadConstNone, O.returnValue, O.endFinally, O.loadConstNone, O.returnValue])) == nil)
    // The body takes away what the handler counts on.
    #expect(
      fault(code([O.loadName, 1, O.setupFinally, 3, O.popTop, O.loadConstNone, O.loadConstNone, O.endFinally, O.returnValue])) == .badStack)
    // The cause of a `finally` block may have two slots: nothing but END_FINALLY may take it.
    #expect(fault(code([O.setupFinally, 4] + body + [O.loadConstNone, O.popTop, O.loadConstNone, O.returnValue])) == .badStack)
    // More blocks left than there are.
    #expect(
      fault(code([O.setupFinally, 4, O.unwindJump, 0x41, 2, O.loadConstNone, O.endFinally, O.loadConstNone, O.returnValue])) == .badBlock)
  }

  @Test func generators() {
    #expect(fault(code([O.loadConstNone, O.yieldValue, O.returnValue])) == .badGenerator)
    #expect(fault(code([O.loadConstNone, O.yieldValue, O.returnValue], flags: ScopeFlag.generator)) == nil)
    #expect(fault(code([O.loadConstNone, O.returnValue], flags: ScopeFlag.asynchronousGenerator)) == .badGenerator)
    #expect(fault(code([O.loadConstNone, O.returnValue], flags: 0x40)) == .badGenerator)
  }

  @Test func theEnd() {
    #expect(fault(code([O.loadConstNone])) == .fallsOff)
    #expect(fault(code([O.loadConstNone, O.popTop, O.loadConstNone, O.popJumpIfTrue, 0x40])) == .badJump)
    // Code that nothing reaches must still be instructions.
    #expect(fault(code([O.loadConstNone, O.returnValue, O.popTop])) == nil)
    #expect(fault(code([O.loadConstNone, O.returnValue, O.reserved00])) == .badOpcode)
  }

  /// Time in proportion to the size, whatever is deep or many.
  @Test func effortIsBounded() {
    var many: [Any] = []
    for _ in 0..<4000 { many += [O.loadConstNone, O.loadName, 1, O.popJumpIfFalse, 0x40] as [Any] }
    #expect(fault(code(many + [O.returnValue], state: 4100)) == nil)
    #expect(fault(code(many + [O.returnValue], state: 100)) == .badStack)
  }
}
