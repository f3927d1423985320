// When functions are translated, and going from bytecode addresses to prepared ones and back.

import Bytecode

enum Preparation {
  /// False in the engine for chips, where prepared copies would take the memory that programs need.
  #if hasFeature(Embedded)
    static var isAvailable: Bool { false }
  #else
    static var isAvailable: Bool { true }
  #endif
}

/// When code is prepared.
public enum PreparationPolicy {
  /// When it has become warm.
  public static var warm: UInt8 { 0 }
  /// At the first call.
  public static var always: UInt8 { 1 }
  public static var never: UInt8 { 2 }
  /// By the toss of a coin, for tests.
  public static var random: UInt8 { 3 }
}

/// How far code has come; `CodeObject.preparation`.
enum PreparationState {
  /// Being counted; calls take the general way.
  static var cold: UInt8 { 0 }
  /// Runs as bytecode for good.
  static var refused: UInt8 { 1 }
  static var prepared: UInt8 { 2 }
}

extension VM {
  /// Calls after which a function is prepared, and turns of its loops that count as much.
  private static var warmCalls: UInt16 { 2 }
  private static var warmTurns: UInt16 { 24 }

  /// Counts a turn of a loop in bytecode; true now and then, when it is time to try prepared code.
  @inline(__always) func turnsWarm(_ frame: UnsafeMutablePointer<Frame>) -> Bool {
    let code = frame.pointee.code
    if code.pointee.preparation == PreparationState.refused { return false }
    code.pointee.warmth &+= 1
    return code.pointee.warmth % VM.warmTurns == 0
  }

  /// Counts a call of code that is not prepared yet. May allocate.
  @inline(__always) func noteCall(_ code: Ref<CodeObject>) {
    if Preparation.isAvailable && code.pointee.preparation == PreparationState.cold { countCall(code) }
  }

  @inline(never) private func countCall(_ code: Ref<CodeObject>) {
    switch interpreter.pointee.preparationPolicy {
    case PreparationPolicy.never: return refuse(code)
    case PreparationPolicy.always: return prepare(code)
    case PreparationPolicy.random:
      interpreter.pointee.preparationSeed = interpreter.pointee.preparationSeed &* 1_664_525 &+ 1_013_904_223
      let toss = interpreter.pointee.preparationSeed &>> 28 & 3
      if toss == 0 { return refuse(code) }
      if toss < 3 { return prepare(code) }
    default: break
    }
    code.pointee.warmth &+= 1
    if code.pointee.warmth >= VM.warmCalls { prepare(code) }
  }

  func refuse(_ code: Ref<CodeObject>) {
    code.pointee.preparation = PreparationState.refused
    code.pointee.simpleKind = code.pointee.isSimple ? SimpleKind.bytecode : SimpleKind.none
  }

  /// Translates the code; where that can't be done, or memory is short, it stays bytecode. Allocates.
  @inline(never) func prepare(_ code: Ref<CodeObject>) {
    var translator = Translator(code)
    do throws(Untranslatable) { try translator.translate() } catch { return refuse(code) }
    let count = translator.words.count
    let bytes = count &* MemoryLayout<PreparedWord>.stride &+ count &* MemoryLayout<UInt16>.stride
    do throws(PyError) {
      let object = try allocate(PreparedObject.self, extra: bytes)
      object.initialize(to: PreparedObject(header: ObjectHeader(.codeContext), wordCount: count))
      let words = UnsafeMutableRawPointer(PreparedObject.words(object)).assumingMemoryBound(to: UInt64.self)
      let offsets = PreparedObject.offsets(object)
      for index in 0..<count {
        words[index] = translator.words[index]
        offsets[index] = translator.offsets[index]
      }
      code.pointee.prepared = object
      code.pointee.preparation = PreparationState.prepared
      let isPlain = code.pointee.cellCount == 0 && code.pointee.keywordOnlyCount == 0 && code.pointee.flags.rawValue & 7 == 0
      code.pointee.simpleKind = code.pointee.isSimple ? SimpleKind.prepared : isPlain ? SimpleKind.preparedClosure : SimpleKind.none
    } catch {
      refuse(code)
    }
  }

  /// The prepared word for a bytecode address that a jump can reach.
  private func word(_ code: Ref<CodeObject>, _ prepared: Ref<PreparedObject>, _ address: UnsafePointer<UInt8>) -> UnsafeMutablePointer<
    PreparedWord
  > {
    let offset = address - code.pointee.instructions
    let offsets = PreparedObject.offsets(prepared)
    var low = 0
    var high = prepared.pointee.wordCount
    while low < high {
      let middle = (low &+ high) / 2
      if Int(offsets[middle]) < offset { low = middle &+ 1 } else { high = middle }
    }
    return PreparedObject.words(prepared) + low
  }

  /// Where in the bytecode a frame is.
  func bytecodeAddress(_ frame: UnsafeMutablePointer<Frame>) -> UnsafePointer<UInt8> {
    guard frame.isPrepared, let prepared = frame.pointee.code.pointee.prepared else { return frame.pointee.ip - 1 }
    let word =
      (UnsafeRawPointer(frame.pointee.ip - 1) - UnsafeRawPointer(PreparedObject.words(prepared))) / MemoryLayout<PreparedWord>.stride
    return frame.pointee.code.pointee.instructions + Int(PreparedObject.offsets(prepared)[word])
  }

  /// A frame that runs as bytecode and is about to jump back to `destination` goes on in prepared code, if there is any by then. Answers whether
  /// it does; then the frame is set up for it. May allocate.
  @inline(never) func enterPrepared(_ frame: UnsafeMutablePointer<Frame>, _ destination: UnsafePointer<UInt8>) -> Bool {
    let code = frame.pointee.code
    if frame.pointee.kind.rawValue & FrameKind.namespaceBit != 0 { return false }
    if code.pointee.preparation == PreparationState.cold {
      if interpreter.pointee.preparationPolicy == PreparationPolicy.never { refuse(code) } else { prepare(code) }
    }
    guard let prepared = code.pointee.prepared else { return false }
    var block = frame.firstBlock
    while block != frame.pointee.exceptionTop {
      // Inside a `finally` block the two forms may differ by a slot.
      if block.pointee.stackAndKind & 1 != 0 && block.pointee.handler <= frame.pointee.ip { return false }
      block += 1
    }
    block = frame.firstBlock
    while block != frame.pointee.exceptionTop {
      block.pointee.handler = UnsafeRawPointer(word(code, prepared, block.pointee.handler)).assumingMemoryBound(to: UInt8.self)
      block += 1
    }
    frame.pointee.ip = UnsafeRawPointer(word(code, prepared, destination)).assumingMemoryBound(to: UInt8.self)
    frame.pointee.kind.rawValue |= FrameKind.preparedBit
    if let previous = frame.pointee.previous, frame.pointee.kind.rawValue & FrameKind.entryBit == 0 {
      frame.pointee.kind = frame.pointee.kind.following(previous.pointee.kind)
    }
    return true
  }
}
