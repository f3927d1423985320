// The dispatch loop. `ip` is the next instruction, `sp` the first free operand slot, `locals` the running function's variables; they live in
// registers and are saved in the frame only where another frame, a handler or a native needs them. (So nothing out of line takes them `inout`: that
// would put them in memory for good. Such helpers work on the frame's copies.)
//
// Contract of the helpers: `saveFrame` makes the state visible to natives (tracebacks, calls back into Python); after a native that may run
// Python code the locals here are still valid, because the Python stack never moves. A helper that throws leaves `sp` wherever it was: the
// handler's own stack height is in its exception block.

import Bytecode
import Platform

extension VM {
  /// Runs `entry` and the frames it calls until it returns (or, for a generator, yields: see `resumeGenerator`).
  func execute(_ entry: UnsafeMutablePointer<Frame>) throws(PyError) -> Value {
    var frame = entry
    while true {
      let result = frame.isPrepared ? try executePrepared(frame) : try executeBytecode(frame)
      if result != .marker { return result }
      frame = state.pointee.frame.unsafelyUnwrapped
    }
  }

  /// Runs `entry` and the frames it calls that run as bytecode. Answers `Value.marker` when the frame to go on with (`state.frame`) runs
  /// prepared code.
  @inline(never) func executeBytecode(_ entry: UnsafeMutablePointer<Frame>) throws(PyError) -> Value {
    let state = self.state
    let pending = interpreter.pointee.pending
    var frame = entry
    var ip = frame.pointee.ip
    var sp = StackPointer(frame.pointee.sp)
    var locals = frame.pointee.locals
    var names = frame.pointee.code.pointee.context.pointee.names
    var reraised = false
    state.pointee.frame = frame
    while true {
      do throws(PyError) {
        while true {
          let opcode = ip.pointee
          ip += 1
          profile(bytecode: opcode)
          switch Opcode(byte: opcode) {
          // MARK: Loads
          case .loadFast0, .loadFast1, .loadFast2, .loadFast3, .loadFast4, .loadFast5, .loadFast6, .loadFast7, .loadFast8, .loadFast9,
            .loadFast10, .loadFast11, .loadFast12, .loadFast13, .loadFast14, .loadFast15:
            let value = locals[Int(opcode &- 0xb0)]
            if value.isNull { try raiseUnbound(frame, Int(opcode &- 0xb0)) }
            sp.pointee = value
            sp += 1
          case .loadFastN:
            let local = readVarUInt(&ip)
            let value = locals[local]
            if value.isNull { try raiseUnbound(frame, local) }
            sp.pointee = value
            sp += 1
          case .loadSmallIntMinus16, .loadSmallIntMinus15, .loadSmallIntMinus14, .loadSmallIntMinus13, .loadSmallIntMinus12,
            .loadSmallIntMinus11, .loadSmallIntMinus10, .loadSmallIntMinus9, .loadSmallIntMinus8, .loadSmallIntMinus7, .loadSmallIntMinus6,
            .loadSmallIntMinus5, .loadSmallIntMinus4, .loadSmallIntMinus3, .loadSmallIntMinus2, .loadSmallIntMinus1, .loadSmallInt0,
            .loadSmallInt1, .loadSmallInt2, .loadSmallInt3, .loadSmallInt4, .loadSmallInt5, .loadSmallInt6, .loadSmallInt7, .loadSmallInt8,
            .loadSmallInt9, .loadSmallInt10, .loadSmallInt11, .loadSmallInt12, .loadSmallInt13, .loadSmallInt14, .loadSmallInt15,
            .loadSmallInt16, .loadSmallInt17, .loadSmallInt18, .loadSmallInt19, .loadSmallInt20, .loadSmallInt21, .loadSmallInt22,
            .loadSmallInt23, .loadSmallInt24, .loadSmallInt25, .loadSmallInt26, .loadSmallInt27, .loadSmallInt28, .loadSmallInt29,
            .loadSmallInt30, .loadSmallInt31, .loadSmallInt32, .loadSmallInt33, .loadSmallInt34, .loadSmallInt35, .loadSmallInt36,
            .loadSmallInt37, .loadSmallInt38, .loadSmallInt39, .loadSmallInt40, .loadSmallInt41, .loadSmallInt42, .loadSmallInt43,
            .loadSmallInt44, .loadSmallInt45, .loadSmallInt46, .loadSmallInt47:
            sp.pointee = Value(smallInt: Int(opcode) &- 0x80)
            sp += 1
          case .loadConstSmallInt:
            sp.pointee = Value(smallInt: readVarInt(&ip))
            sp += 1
          case .loadConstObj:
            sp.pointee = frame.pointee.code.pointee.context.pointee.constants[readVarUInt(&ip)]
            sp += 1
          case .loadConstString:
            sp.pointee = Value(names[readVarUInt(&ip)])
            sp += 1
          case .loadConstFalse:
            sp.pointee = .false
            sp += 1
          case .loadConstNone:
            sp.pointee = .none
            sp += 1
          case .loadConstTrue:
            sp.pointee = .true
            sp += 1
          case .loadNull:
            sp.pointee = .null
            sp += 1
          case .loadDeref:
            let local = readVarUInt(&ip)
            let value = locals[local].unchecked(CellObject.self).pointee.value
            if value.isNull { try raiseUnbound(frame, local) }
            sp.pointee = value
            sp += 1
          case .loadName:
            saveFrame(frame, ip, sp)
            sp.pointee = try loadName(frame, names[readVarUInt(&ip)])
            sp += 1
          case .loadGlobal:
            let name = names[readVarUInt(&ip)]
            let globals = frame.pointee.function.pointee.globals
            let line = globalCacheEntry(globals.pointee.stamp, name)
            if line.pointee.stamp == globals.pointee.stamp && line.pointee.name == name.number && globals.pointee.stamp != 0 {
              let position = line.pointee.position
              sp.pointee =
                position == UInt32.max ? line.pointee.value : globals.pointee.entries.unsafelyUnwrapped[Int(position)].value
            } else {
              saveFrame(frame, ip, sp)
              sp.pointee = try loadGlobal(globals, name)
            }
            sp += 1
          case .loadAttr:
            let name = names[readVarUInt(&ip)]
            let object = sp[-1]
            let key = attributeKey(object)
            let line = cacheEntry(key, name.number)
            if line.pointee.stamp == key && line.pointee.name == name.number {
              if line.pointee.kind == CacheKind.inline {
                sp[-1] = InstanceObject.slots(object.unchecked(InstanceObject.self))[Int(line.pointee.slot)]
                continue
              }
              if line.pointee.kind == CacheKind.overflow {
                sp[-1] =
                  UnsafeMutablePointer<Value>(bitPattern: object.unchecked(InstanceObject.self).pointee.overflow)
                  .unsafelyUnwrapped[Int(line.pointee.slot)]
                continue
              }
              if line.pointee.kind == CacheKind.constant {
                sp[-1] = line.pointee.value
                continue
              }
              if line.pointee.kind == CacheKind.global {
                sp[-1] = object.unchecked(ModuleObject.self).pointee.globals.pointee.entries.unsafelyUnwrapped[Int(line.pointee.slot)].value
                continue
              }
              if line.pointee.kind == CacheKind.classEntry {
                sp[-1] = line.pointee.value.address.pointee
                continue
              }
              if line.pointee.kind == CacheKind.property {
                // The getter's frame takes the place of the receiver.
                let function = line.pointee.value.unchecked(FunctionObject.self)
                frame.pointee.ip = ip
                frame.pointee.sp = (sp - 1).pointer
                state.pointee.stackTop = sp.pointer
                if let next = try enterFunction(function, (sp - 1).pointer, 1, 0, result: (sp - 1).pointer, from: frame) {
                  if next.isPrepared { return try switchForm(next) }
                  frame = next
                  ip = frame.pointee.ip
                  sp = StackPointer(frame.pointee.sp)
                  locals = frame.pointee.locals
                  names = frame.pointee.code.pointee.context.pointee.names
                }
                continue
              }
            }
            saveFrame(frame, ip, sp)
            sp[-1] = try getAttribute(object, name)
          case .loadMethod:
            let name = names[readVarUInt(&ip)]
            let object = sp[-1]
            let key = attributeKey(object)
            let line = cacheEntry(key, name.number)
            if line.pointee.stamp == key && line.pointee.name == name.number {
              if line.pointee.kind == CacheKind.method {
                pushPair(&sp, line.pointee.value, object)
                continue
              }
              if line.pointee.kind == CacheKind.nativeMethod {
                pushPair(&sp, line.pointee.value, InstanceObject.slots(object.unchecked(InstanceObject.self))[0])
                continue
              }
              if line.pointee.kind == CacheKind.constant {
                pushPair(&sp, line.pointee.value, .null)
                continue
              }
              if line.pointee.kind == CacheKind.classMethod {
                pushPair(&sp, line.pointee.value, isClass(object) ? object : type(of: object))
                continue
              }
              if line.pointee.kind == CacheKind.global {
                sp[-1] = object.unchecked(ModuleObject.self).pointee.globals.pointee.entries.unsafelyUnwrapped[Int(line.pointee.slot)].value
                sp.pointee = .null
                sp += 1
                continue
              }
              if line.pointee.kind == CacheKind.inline {
                sp[-1] = InstanceObject.slots(object.unchecked(InstanceObject.self))[Int(line.pointee.slot)]
                sp.pointee = .null
                sp += 1
                continue
              }
            }
            saveFrame(frame, ip, sp)
            let pair = try getPair(object, name)
            sp[-1] = pair.function
            sp.pointee = pair.receiver
            sp += 1
          case .loadSubscr:
            let index = sp[-1]
            let object = sp[-2]
            sp -= 1
            if index.isSmallInt && object.isObject {
              if object.uncheckedHeader.pointee.word == TypeID.list.headerWord {
                let list = object.unchecked(ListObject.self)
                var position = index.uncheckedSmallInt
                if position < 0 { position &+= list.pointee.count }
                if UInt(bitPattern: position) < UInt(bitPattern: list.pointee.count) {
                  sp[-1] = list.pointee.items[position]
                  continue
                }
              } else if object.uncheckedHeader.pointee.word == TypeID.tuple.headerWord {
                let tuple = object.unchecked(TupleObject.self)
                var position = index.uncheckedSmallInt
                if position < 0 { position &+= tuple.pointee.count }
                if UInt(bitPattern: position) < UInt(bitPattern: tuple.pointee.count) {
                  sp[-1] = TupleObject.items(tuple)[position]
                  continue
                }
              }
            }
            saveFrame(frame, ip, sp + 1)
            sp[-1] = try getItem(object, index)

          // MARK: Stores
          case .storeFast0, .storeFast1, .storeFast2, .storeFast3, .storeFast4, .storeFast5, .storeFast6, .storeFast7, .storeFast8,
            .storeFast9, .storeFast10, .storeFast11, .storeFast12, .storeFast13, .storeFast14, .storeFast15:
            sp -= 1
            locals[Int(opcode &- 0xc0)] = sp.pointee
          case .storeFastN:
            sp -= 1
            locals[readVarUInt(&ip)] = sp.pointee
          case .storeDeref:
            sp -= 1
            locals[readVarUInt(&ip)].unchecked(CellObject.self).pointee.value = sp.pointee
          case .storeName:
            saveFrame(frame, ip, sp)
            sp -= 1
            try storeName(frame, names[readVarUInt(&ip)], sp.pointee)
          case .storeGlobal:
            let name = names[readVarUInt(&ip)]
            let globals = frame.pointee.function.pointee.globals
            let line = globalCacheEntry(globals.pointee.stamp, name)
            if line.pointee.stamp == globals.pointee.stamp && line.pointee.name == name.number && globals.pointee.stamp != 0
              && line.pointee.position != UInt32.max
            {
              sp -= 1
              globals.pointee.entries.unsafelyUnwrapped[Int(line.pointee.position)].value = sp.pointee
            } else {
              saveFrame(frame, ip, sp)
              sp -= 1
              try dictSet(globals, name, sp.pointee)
            }
          case .storeAttr:
            let name = names[readVarUInt(&ip)]
            let object = sp[-1]
            let value = sp[-2]
            if object.isObject && object.uncheckedHeader.pointee.isInstance && !value.isNull {
              let instance = object.unchecked(InstanceObject.self)
              let stamp = instance.pointee.header.uncheckedShape.pointee.stamp
              let line = cacheEntry(stamp, name.number | CacheKind.storeBit)
              if line.pointee.stamp == stamp && line.pointee.name == name.number | CacheKind.storeBit && stamp != 0 {
                if line.pointee.kind == CacheKind.inline {
                  InstanceObject.slots(instance)[Int(line.pointee.slot)] = value
                  sp -= 2
                  continue
                }
                if line.pointee.kind == CacheKind.transition {
                  InstanceObject.slots(instance)[Int(line.pointee.slot)] = value
                  instance.pointee.header.word = line.pointee.value.bits
                  sp -= 2
                  continue
                }
                if line.pointee.kind == CacheKind.overflow {
                  UnsafeMutablePointer<Value>(bitPattern: instance.pointee.overflow).unsafelyUnwrapped[Int(line.pointee.slot)] = value
                  sp -= 2
                  continue
                }
              }
            }
            saveFrame(frame, ip, sp)
            try setAttribute(object, name, value)
            sp -= 2
          case .storeSubscr:
            let index = sp[-1]
            let object = sp[-2]
            if index.isSmallInt && object.isObject(.list) && !sp[-3].isNull {
              let list = object.unchecked(ListObject.self)
              var position = index.uncheckedSmallInt
              if position < 0 { position &+= list.pointee.count }
              if UInt(bitPattern: position) < UInt(bitPattern: list.pointee.count) {
                list.pointee.items[position] = sp[-3]
                sp -= 3
                continue
              }
            }
            saveFrame(frame, ip, sp)
            try setItem(object, index, sp[-3])
            sp -= 3
          case .deleteFast:
            let local = readVarUInt(&ip)
            if locals[local].isNull { try raiseUnbound(frame, local) }
            locals[local] = .null
          // MARK: The operand stack
          case .dupTop:
            sp.pointee = sp[-1]
            sp += 1
          case .dupTopTwo:
            sp[0] = sp[-2]
            sp[1] = sp[-1]
            sp += 2
          case .popTop:
            sp -= 1
          case .rotTwo:
            let top = sp[-1]
            sp[-1] = sp[-2]
            sp[-2] = top
          case .rotThree:
            let top = sp[-1]
            sp[-1] = sp[-2]
            sp[-2] = sp[-3]
            sp[-3] = top

          // MARK: Jumps
          case .jump:
            let distance = readLabel(&ip)
            ip += distance
            if distance < 0 {
              if pending.pointee != 0 {
                saveFrame(frame, ip, sp)
                try handlePending()
              }
              if Preparation.isAvailable && turnsWarm(frame) {
                saveFrame(frame, ip, sp)
                if enterPrepared(frame, ip) { return try switchForm(frame) }
              }
            }
          case .popJumpIfTrue:
            sp -= 1
            let value = sp.pointee
            let distance = readLabel(&ip)
            var isTaken = value == .true
            if !isTaken && value != .false && value != .none {
              saveFrame(frame, ip, sp + 1)
              isTaken = try isTrue(value)
            }
            if isTaken { ip += distance }
            if distance < 0 && isTaken {
              if pending.pointee != 0 {
                saveFrame(frame, ip, sp)
                try handlePending()
              }
              if Preparation.isAvailable && turnsWarm(frame) {
                saveFrame(frame, ip, sp)
                if enterPrepared(frame, ip) { return try switchForm(frame) }
              }
            }
          case .popJumpIfFalse:
            sp -= 1
            let value = sp.pointee
            let distance = readLabel(&ip)
            if value == .false || value == .none {
              ip += distance
            } else if value != .true {
              saveFrame(frame, ip, sp + 1)
              if try !isTrue(value) { ip += distance }
            }
            if distance < 0 && pending.pointee != 0 {
              saveFrame(frame, ip, sp)
              try handlePending()
            }
          case .jumpIfTrueOrPop:
            let distance = readForwardLabel(&ip)
            saveFrame(frame, ip, sp)
            if try isTrue(sp[-1]) { ip += distance } else { sp -= 1 }
          case .jumpIfFalseOrPop:
            let distance = readForwardLabel(&ip)
            saveFrame(frame, ip, sp)
            if try isTrue(sp[-1]) { sp -= 1 } else { ip += distance }

          // MARK: Iteration
          case .getIter:
            saveFrame(frame, ip, sp)
            sp[-1] = try getIterator(sp[-1])
          case .getIterStack:
            saveFrame(frame, ip, sp)
            try startLoop((sp - 1).pointer)
            sp += 3
          case .forIter:
            let distance = readForwardLabel(&ip)
            let cursor = sp - 4
            switch cursor[0].bits {
            case LoopKind.range:
              let remaining = Int(bitPattern: cursor[2].bits)
              if remaining > 1 {
                let current = cursor[1]
                cursor[2].bits = UInt(bitPattern: remaining &- 2)
                cursor[1].bits = current.bits &+ cursor[3].bits &- 1
                sp.pointee = current
                sp += 1
                continue
              }
            case LoopKind.list:
              let list = cursor[1].unchecked(ListObject.self)
              let position = cursor[2].uncheckedSmallInt
              if position < list.pointee.count {
                cursor[2].bits = cursor[2].bits &+ 2
                sp.pointee = list.pointee.items[position]
                sp += 1
                continue
              }
            case LoopKind.tuple:
              let tuple = cursor[1].unchecked(TupleObject.self)
              let position = cursor[2].uncheckedSmallInt
              if position < tuple.pointee.count {
                cursor[2].bits = cursor[2].bits &+ 2
                sp.pointee = TupleObject.items(tuple)[position]
                sp += 1
                continue
              }
            case LoopKind.dict, LoopKind.text, LoopKind.sequence:
              saveFrame(frame, ip, sp)
              let value = try nextInLoop(cursor.pointer)
              if !value.isNull {
                sp.pointee = value
                sp += 1
                continue
              }
            default:
              let iterator = cursor[1]
              saveFrame(frame, ip, sp)
              if iterator.isObject(.generator), let next = try enterGenerator(iterator, from: frame, exhausted: ip + distance) {
                if next.isPrepared { return try switchForm(next) }
                frame = next
                ip = frame.pointee.ip
                sp = StackPointer(frame.pointee.sp)
                locals = frame.pointee.locals
                names = frame.pointee.code.pointee.context.pointee.names
                state.pointee.frame = frame
                continue
              }
              let value = try self.next(iterator)
              if !value.isNull {
                sp.pointee = value
                sp += 1
                continue
              }
            }
            sp = cursor
            ip += distance

          // MARK: Building
          case .buildTuple:
            let count = readVarUInt(&ip)
            saveFrame(frame, ip, sp)
            let tuple = try newTuple((sp - count).pointer, count)
            sp -= count
            sp.pointee = tuple
            sp += 1
          case .buildList:
            let count = readVarUInt(&ip)
            saveFrame(frame, ip, sp)
            let list = try newList((sp - count).pointer, count)
            sp -= count
            sp.pointee = list
            sp += 1
          case .storeMap:
            saveFrame(frame, ip, sp)
            try dictSet(sp[-3].unchecked(DictObject.self), sp[-1], sp[-2])
            sp -= 2
          case .storeComp:
            let operand = readVarUInt(&ip)
            saveFrame(frame, ip, sp)
            let container = sp[-1 &- operand &>> 2]
            if operand & 3 == 0 {
              try listAppend(container.unchecked(ListObject.self), sp[-1])
              sp -= 1
            } else if operand & 3 == 1 {
              try dictSet(container.unchecked(DictObject.self), sp[-1], sp[-2])
              sp -= 2
            } else {
              try setAdd(container.unchecked(SetObject.self), sp[-1])
              sp -= 1
            }
          case .unpackSequence:
            let count = readVarUInt(&ip)
            saveFrame(frame, ip, sp)
            try unpackSequence(sp[-1], count, (sp - 1).pointer)
            sp += count &- 1
          case .callFunction:
            let operand = readVarUInt(&ip)
            let count = operand & 0xff
            let keywords = operand &>> 8
            let base = sp - (count &+ 2 &* keywords)
            let callee = base[-1]
            if keywords == 0 && callee.isObject(.function) {
              let function = callee.unchecked(FunctionObject.self)
              let code = function.pointee.code
              if code.pointee.simpleKind == SimpleKind.bytecode && Int(code.pointee.positionalCount) == count
                && base.pointer + (Int(code.pointee.localCount) &+ Int(code.pointee.frameSize)) < state.pointee.stackLimit
              {
                frame.pointee.ip = ip
                frame.pointee.sp = (base - 1).pointer
                var local = count
                while local < Int(code.pointee.localCount) {
                  base[local] = .null
                  local &+= 1
                }
                frame = makeBytecodeFrame(function, code, base.pointer, previous: frame, kind: 0)
                state.pointee.frame = frame
                ip = code.pointee.instructions
                sp = StackPointer(frame.pointee.sp)
                locals = base.pointer
                names = code.pointee.context.pointee.names
                if pending.pointee != 0 {
                  saveFrame(frame, ip, sp)
                  try handlePending()
                }
                continue
              }
            }
            frame.pointee.ip = ip
            frame.pointee.sp = (base - 1).pointer
            state.pointee.stackTop = sp.pointer
            if let next = try beginCall(callee, base.pointer, count, keywords, room: 1, result: (base - 1).pointer, from: frame) {
              if next.isPrepared { return try switchForm(next) }
              frame = next
              ip = frame.pointee.ip
              sp = StackPointer(frame.pointee.sp)
              locals = frame.pointee.locals
              names = frame.pointee.code.pointee.context.pointee.names
            } else {
              sp = base
            }
          case .callMethod:
            let operand = readVarUInt(&ip)
            var count = operand & 0xff
            let keywords = operand &>> 8
            var base = sp - (count &+ 2 &* keywords)
            let result = base - 2
            let callee = base[-2]
            if !base[-1].isNull {
              base -= 1
              count &+= 1
            }
            if keywords == 0 && callee.isObject(.function) {
              let function = callee.unchecked(FunctionObject.self)
              let code = function.pointee.code
              if code.pointee.simpleKind == SimpleKind.bytecode && Int(code.pointee.positionalCount) == count
                && base.pointer + (Int(code.pointee.localCount) &+ Int(code.pointee.frameSize)) < state.pointee.stackLimit
              {
                frame.pointee.ip = ip
                frame.pointee.sp = result.pointer
                var local = count
                while local < Int(code.pointee.localCount) {
                  base[local] = .null
                  local &+= 1
                }
                frame = makeBytecodeFrame(function, code, base.pointer, previous: frame, kind: 0)
                state.pointee.frame = frame
                ip = code.pointee.instructions
                sp = StackPointer(frame.pointee.sp)
                locals = base.pointer
                names = code.pointee.context.pointee.names
                if pending.pointee != 0 {
                  saveFrame(frame, ip, sp)
                  try handlePending()
                }
                continue
              }
            }
            frame.pointee.ip = ip
            frame.pointee.sp = result.pointer
            state.pointee.stackTop = sp.pointer
            if let next = try beginCall(
              callee, base.pointer, count, keywords, room: base == result + 1 ? 1 : 2, result: result.pointer, from: frame)
            {
              if next.isPrepared { return try switchForm(next) }
              frame = next
              ip = frame.pointee.ip
              sp = StackPointer(frame.pointee.sp)
              locals = frame.pointee.locals
              names = frame.pointee.code.pointee.context.pointee.names
            } else {
              sp = result + 1
            }
          case .callFunctionVarKw, .callMethodVarKw:  // CALL_FUNCTION_VAR_KW, CALL_METHOD_VAR_KW
            let operand = readVarUInt(&ip)
            let count = operand & 0xff
            let keywords = operand &>> 8
            let bottom = sp - (count &+ 2 &* keywords &+ (opcode == 0x35 ? 2 : 3))
            frame.pointee.ip = ip
            frame.pointee.sp = bottom.pointer
            state.pointee.stackTop = sp.pointer
            if let next = try beginStarCall(bottom.pointer, isMethod: opcode == 0x37, count, keywords, from: frame) {
              if next.isPrepared { return try switchForm(next) }
              frame = next
              ip = frame.pointee.ip
              sp = StackPointer(frame.pointee.sp)
              locals = frame.pointee.locals
              names = frame.pointee.code.pointee.context.pointee.names
            } else {
              sp = bottom + 1
            }
          case .returnValue:
            let result = sp[-1]
            if frame.pointee.exceptionTop != frame.firstBlock {
              frame.pointee.sp = sp.pointer
              if let handler = unwindReturn(frame, ip) {
                ip = handler
                sp = StackPointer(frame.pointee.sp)
                continue
              }
            }
            if frame.pointee.kind.rawValue == 0 {
              frame = frame.pointee.previous.unsafelyUnwrapped
              state.pointee.frame = frame
              ip = frame.pointee.ip
              sp = StackPointer(frame.pointee.sp)
              locals = frame.pointee.locals
              names = frame.pointee.code.pointee.context.pointee.names
              sp.pointee = result
              sp += 1
              continue
            }
            if frame.pointee.kind.rawValue & FrameKind.entryBit != 0 { return try finishEntry(frame, result) }
            frame = try leaveFrame(frame, result)
            if frame.isPrepared { return try switchForm(frame) }
            ip = frame.pointee.ip
            sp = StackPointer(frame.pointee.sp)
            locals = frame.pointee.locals
            names = frame.pointee.code.pointee.context.pointee.names
          case .yieldValue:
            frame.pointee.ip = ip
            frame.pointee.sp = sp.pointer
            let value = sp[-1]
            let isEntry = frame.pointee.kind.rawValue & FrameKind.entryBit != 0
            frame = suspendGenerator(frame)
            if isEntry { return value }
            if frame.isPrepared {
              frame.pointee.sp.pointee = value
              return try switchForm(frame)
            }
            ip = frame.pointee.ip
            sp = StackPointer(frame.pointee.sp)
            locals = frame.pointee.locals
            names = frame.pointee.code.pointee.context.pointee.names
            sp.pointee = value
            sp += 1
          case .yieldFrom:
            saveFrame(frame, ip, sp)
            let value = try delegate(frame, sp.pointer)
            if value.isNull {
              // The inner one has finished: its value stands where it stood.
              sp -= 1
            } else {
              sp[-1] = value
              frame.pointee.ip = ip - 1
              frame.pointee.sp = sp.pointer
              let isEntry = frame.pointee.kind.rawValue & FrameKind.entryBit != 0
              frame = suspendGenerator(frame)
              if isEntry { return value }
              if frame.isPrepared {
                frame.pointee.sp.pointee = value
                return try switchForm(frame)
              }
              ip = frame.pointee.ip
              sp = StackPointer(frame.pointee.sp)
              locals = frame.pointee.locals
              names = frame.pointee.code.pointee.context.pointee.names
              sp.pointee = value
              sp += 1
            }

          // MARK: Exceptions
          case .setupExcept, .setupFinally:  // SETUP_EXCEPT, SETUP_FINALLY
            let distance = readForwardLabel(&ip)
            pushBlock(frame, ip + distance, sp.pointer, isFinally: opcode == 0x49)
          case .setupWith:
            let distance = readForwardLabel(&ip)
            saveFrame(frame, ip, sp + 1)
            let result = try enterContext((sp - 1).pointer)
            sp += 1
            pushBlock(frame, ip + distance, sp.pointer, isFinally: true)
            sp.pointee = result
            sp += 1
          case .withCleanup:
            saveFrame(frame, ip, sp)
            sp = StackPointer(try leaveContext(sp.pointer))
          case .endFinally:
            popBlock(frame)
            let top = sp[-1]
            if top == .none {
              sp -= 1
            } else if top.isSmallInt {
              sp -= 1
              if top.uncheckedSmallInt < 0 {
                // A return was under way: go on with it.
                let result = sp[-1]
                frame.pointee.sp = sp.pointer
                if let handler = unwindReturn(frame, ip) {
                  ip = handler
                  sp = StackPointer(frame.pointee.sp)
                  continue
                }
                if frame.pointee.kind.rawValue & FrameKind.entryBit != 0 { return try finishEntry(frame, result) }
                frame = try leaveFrame(frame, result)
                if frame.isPrepared { return try switchForm(frame) }
                ip = frame.pointee.ip
                sp = StackPointer(frame.pointee.sp)
                locals = frame.pointee.locals
                names = frame.pointee.code.pointee.context.pointee.names
              } else {
                frame.pointee.sp = sp.pointer
                ip = unwindJump(frame, ip, count: top.uncheckedSmallInt)
                sp = StackPointer(frame.pointee.sp)
              }
            } else {
              reraised = true
              throw PyError(top)
            }
          case .unwindJump:
            let distance = readLabel(&ip)
            // The destination counts from the end of the label; the byte after it says how many blocks to leave.
            let count = Int(ip.pointee)
            sp.pointee = Value(bits: UInt(bitPattern: ip + distance))
            sp += 1
            frame.pointee.sp = sp.pointer
            ip = unwindJump(frame, ip, count: count)
            sp = StackPointer(frame.pointee.sp)
            if pending.pointee != 0 {
              saveFrame(frame, ip, sp)
              try handlePending()
            }
          case .popExceptJump:
            popBlock(frame)
            let distance = readForwardLabel(&ip)
            ip += distance
          case .raiseLast:
            saveFrame(frame, ip, sp)
            reraised = true
            try raiseLast()
          case .raiseObj:
            saveFrame(frame, ip, sp)
            throw PyError(try exceptionToRaise(sp[-1]))
          case .raiseFrom:
            saveFrame(frame, ip, sp)
            throw PyError(try exceptionToRaise(sp[-2], from: sp[-1]))

          // MARK: Operators
          case .unaryPositive, .unaryNegative, .unaryInvert, .unaryNot, .reservedd4, .reservedd5, .reservedd6:  // UNARY_OP
            let value = sp[-1]
            if opcode == 0xd3 && value.isBool {
              sp[-1] = value == .true ? .false : .true
            } else {
              saveFrame(frame, ip, sp)
              sp[-1] = try unary(UnaryOperator(rawValue: opcode &- 0xd0).unsafelyUnwrapped, value)
            }
          case .binaryLess:  // less
            let b = sp[-1], a = sp[-2]
            sp -= 1
            if a.bits & b.bits & 1 != 0 {
              compared(Int(bitPattern: a.bits) < Int(bitPattern: b.bits), &ip, &sp, pending)
            } else if a.isTaggedFloat && b.isTaggedFloat {
              compared(a.uncheckedTaggedFloat < b.uncheckedTaggedFloat, &ip, &sp, pending)
            } else {
              saveFrame(frame, ip, sp + 1)
              sp[-1] = try binary(.less, a, b)
            }
          case .binaryMore:  // more
            let b = sp[-1], a = sp[-2]
            sp -= 1
            if a.bits & b.bits & 1 != 0 {
              compared(Int(bitPattern: a.bits) > Int(bitPattern: b.bits), &ip, &sp, pending)
            } else if a.isTaggedFloat && b.isTaggedFloat {
              compared(a.uncheckedTaggedFloat > b.uncheckedTaggedFloat, &ip, &sp, pending)
            } else {
              saveFrame(frame, ip, sp + 1)
              sp[-1] = try binary(.more, a, b)
            }
          case .binaryEqual:  // equal
            let b = sp[-1], a = sp[-2]
            sp -= 1
            if a.bits & b.bits & 1 != 0 || a.isName && b.isName {
              compared(a == b, &ip, &sp, pending)
            } else {
              saveFrame(frame, ip, sp + 1)
              sp[-1] = try binary(.equal, a, b)
            }
          case .binaryLessEqual:  // less or equal
            let b = sp[-1], a = sp[-2]
            sp -= 1
            if a.bits & b.bits & 1 != 0 {
              compared(Int(bitPattern: a.bits) <= Int(bitPattern: b.bits), &ip, &sp, pending)
            } else if a.isTaggedFloat && b.isTaggedFloat {
              compared(a.uncheckedTaggedFloat <= b.uncheckedTaggedFloat, &ip, &sp, pending)
            } else {
              saveFrame(frame, ip, sp + 1)
              sp[-1] = try binary(.lessEqual, a, b)
            }
          case .binaryMoreEqual:  // more or equal
            let b = sp[-1], a = sp[-2]
            sp -= 1
            if a.bits & b.bits & 1 != 0 {
              compared(Int(bitPattern: a.bits) >= Int(bitPattern: b.bits), &ip, &sp, pending)
            } else if a.isTaggedFloat && b.isTaggedFloat {
              compared(a.uncheckedTaggedFloat >= b.uncheckedTaggedFloat, &ip, &sp, pending)
            } else {
              saveFrame(frame, ip, sp + 1)
              sp[-1] = try binary(.moreEqual, a, b)
            }
          case .binaryNotEqual:  // not equal
            let b = sp[-1], a = sp[-2]
            sp -= 1
            if a.bits & b.bits & 1 != 0 || a.isName && b.isName {
              compared(a != b, &ip, &sp, pending)
            } else {
              saveFrame(frame, ip, sp + 1)
              sp[-1] = try binary(.notEqual, a, b)
            }
          case .binaryIs:  // is
            sp -= 1
            compared(isSame(sp[-1], sp[0]), &ip, &sp, pending)
          case .inPlaceAdd, .binaryAdd:  // +=, +
            let b = sp[-1], a = sp[-2]
            sp -= 1
            let (sum, overflow) = Int(bitPattern: a.bits).addingReportingOverflow(Int(bitPattern: b.bits &- 1))
            if a.bits & b.bits & 1 != 0 && !overflow {
              sp[-1] = Value(bits: UInt(bitPattern: sum))
              continue
            }
            if a.isTaggedFloat && b.isTaggedFloat {
              let result = Value(taggedFloat: a.uncheckedTaggedFloat + b.uncheckedTaggedFloat)
              if !result.isNull {
                sp[-1] = result
                continue
              }
            }
            saveFrame(frame, ip, sp + 1)
            sp[-1] = try binary(opcode == 0xe5 ? .inPlaceAdd : .add, a, b)
          case .inPlaceSubtract, .binarySubtract:  // -=, -
            let b = sp[-1], a = sp[-2]
            sp -= 1
            let (difference, overflow) = Int(bitPattern: a.bits).subtractingReportingOverflow(Int(bitPattern: b.bits &- 1))
            if a.bits & b.bits & 1 != 0 && !overflow {
              sp[-1] = Value(bits: UInt(bitPattern: difference))
              continue
            }
            if a.isTaggedFloat && b.isTaggedFloat {
              let result = Value(taggedFloat: a.uncheckedTaggedFloat - b.uncheckedTaggedFloat)
              if !result.isNull {
                sp[-1] = result
                continue
              }
            }
            saveFrame(frame, ip, sp + 1)
            sp[-1] = try binary(opcode == 0xe6 ? .inPlaceSubtract : .subtract, a, b)
          case .inPlaceMultiply, .binaryMultiply:  // *=, *
            let b = sp[-1], a = sp[-2]
            sp -= 1
            if a.bits & b.bits & 1 != 0 {
              let (product, overflow) = a.uncheckedSmallInt.multipliedReportingOverflow(by: Int(bitPattern: b.bits &- 1))
              if !overflow {
                sp[-1] = Value(bits: UInt(bitPattern: product) | 1)
                continue
              }
            } else if a.isTaggedFloat && b.isTaggedFloat {
              let result = Value(taggedFloat: a.uncheckedTaggedFloat * b.uncheckedTaggedFloat)
              if !result.isNull {
                sp[-1] = result
                continue
              }
            }
            saveFrame(frame, ip, sp + 1)
            sp[-1] = try binary(opcode == 0xe7 ? .inPlaceMultiply : .multiply, a, b)
          case .binaryOr, .binaryXor, .binaryAnd:  // |, ^, &
            let b = sp[-1], a = sp[-2]
            sp -= 1
            if a.bits & b.bits & 1 != 0 {
              sp[-1] =
                opcode == 0xed
                ? Value(bits: a.bits | b.bits) : opcode == 0xee ? Value(bits: (a.bits ^ b.bits) | 1) : Value(bits: a.bits & b.bits)
              continue
            }
            saveFrame(frame, ip, sp + 1)
            sp[-1] = try binary(opcode == 0xed ? .or : opcode == 0xee ? .xor : .and, a, b)
          case .binaryIn, .binaryExceptionMatch, .inPlaceOr, .inPlaceXor, .inPlaceAnd, .inPlaceLeftShift, .inPlaceRightShift,
            .inPlaceMatrixMultiply, .inPlaceFloorDivide, .inPlaceTrueDivide, .inPlaceModulo, .inPlacePower, .binaryLeftShift,
            .binaryRightShift, .binaryMatrixMultiply, .binaryFloorDivide, .binaryTrueDivide, .binaryModulo, .binaryPower:
            let b = sp[-1], a = sp[-2]
            saveFrame(frame, ip, sp)
            let result = try smallIntegerBinary(opcode &- 0xd7, a, b)
            sp -= 1
            sp[-1] = result
          // MARK: Out of line
          case .deleteName, .deleteGlobal, .deleteDeref, .loadSuperMethod, .importName, .importFrom, .buildMap, .buildSet, .unpackEx,
            .makeFunction, .makeFunctionDefargs, .setFunctionAttribute, .formatValue, .buildString, .loadIntrinsic, .matchValue,
            .loadClassName:
            let operand = readVarUInt(&ip)
            saveFrame(frame, ip, sp)
            sp = StackPointer(try stackInstruction(Opcode(byte: opcode), frame, operand, 0, sp.pointer))
          case .makeClosure, .makeClosureDefargs:
            let operand = readVarUInt(&ip)
            let cells = Int(ip.pointee)
            ip += 1
            saveFrame(frame, ip, sp)
            sp = StackPointer(try stackInstruction(Opcode(byte: opcode), frame, operand, cells, sp.pointer))
          case .buildSlice:
            let operand = readVarUInt(&ip)
            saveFrame(frame, ip, sp)
            sp = StackPointer(try stackInstruction(.buildSlice, frame, operand, Int(ip.pointee), sp.pointer))
          case .loadBuildClass, .importStar, .wrapAsyncYield:
            saveFrame(frame, ip, sp)
            sp = StackPointer(try stackInstruction(Opcode(byte: opcode), frame, 0, 0, sp.pointer))
          default:
            saveFrame(frame, ip, sp)
            try raise(.systemError, "unknown instruction")
          }
        }
      } catch {
        frame.pointee.ip = ip
        frame.pointee.sp = sp.pointer
        frame = try unwind(frame, error, reraised)
        reraised = false
        if frame.isPrepared { return try switchForm(frame) }
        state.pointee.frame = frame
        ip = frame.pointee.ip
        sp = StackPointer(frame.pointee.sp)
        locals = frame.pointee.locals
        names = frame.pointee.code.pointee.context.pointee.names
      }
    }
  }

  /// Makes the running frame's state visible to natives and to the collector.
  @inline(__always) func saveFrame(_ frame: UnsafeMutablePointer<Frame>, _ ip: UnsafePointer<UInt8>, _ sp: StackPointer) {
    profileSlowPath()
    frame.pointee.ip = ip
    state.pointee.stackTop = sp.pointer
  }

  @inline(__always) func globalCacheEntry(_ stamp: UInt, _ name: Qstr) -> UnsafeMutablePointer<GlobalCacheEntry> {
    interpreter.pointee.globalCache + Int((stamp &>> 3 ^ UInt(name.number)) & CacheSize.globalMask)
  }
}

/// Replaces the two operands by the result of a comparison; if the next instruction is a conditional jump, jumps at once (one dispatch less:
/// nearly every comparison stands before one). `sp` already points past the left operand. A jump back on a host is left to the jump itself,
/// which counts the turns of loops.
@inline(__always) private func compared(
  _ result: Bool, _ ip: inout UnsafePointer<UInt8>, _ sp: inout StackPointer, _ pending: UnsafeMutablePointer<UInt32>
) {
  if ip.pointee == 0x44 || ip.pointee == 0x43 {
    var next = ip + 1
    let distance = readLabel(&next)
    if distance >= 0 || !Preparation.isAvailable && pending.pointee == 0 {
      sp -= 1
      ip = result == (ip.pointee == 0x43) ? next + distance : next
      return
    }
  }
  sp[-1] = Value(result)
}

/// Replaces the topmost operand by a function and its receiver.
@inline(__always) private func pushPair(_ sp: inout StackPointer, _ function: Value, _ receiver: Value) {
  sp[-1] = function
  sp.pointee = receiver
  sp += 1
}
