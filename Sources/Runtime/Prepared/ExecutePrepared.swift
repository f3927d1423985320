// The dispatch loop for prepared code. `pc` is the next instruction, `slots` the running function's frame from its first local on.
//
// Contract of the helpers, beyond that of the bytecode's loop: `state.stackTop` stays at the end of the running frame's extent, so natives need
// no more than `save`, which notes where the frame is, for tracebacks and for the way back. A callee puts its result where `frame.sp` points.
// An instruction reads all of its operands before it writes its result, because the result may be a local that it also reads.

import Bytecode

extension VM {
  /// Runs `entry` and the prepared frames it calls. Answers `Value.marker` when the frame to go on with (`state.frame`) runs as bytecode.
  @inline(never) func executePrepared(_ entry: UnsafeMutablePointer<Frame>) throws(PyError) -> Value {
    let state = self.state
    let pending = interpreter.pointee.pending
    var frame = entry
    var pc = frame.preparedAddress
    var slots = frame.pointee.locals
    var reraised = false
    state.pointee.frame = frame
    state.pointee.stackTop = frame.pointee.limit
    while true {
      do throws(PyError) {
        while true {
          let here = pc
          pc = here + 1
          profile(here.pointee.opcode)
          switch here.pointee.opcode {
          // MARK: Moves
          case .move: slots[here.pointee.a] = slots[here.pointee.b]
          case .movePair:
            let second = slots[here.pointee.c]
            slots[here.pointee.a] = slots[here.pointee.b]
            slots[here.pointee.a, 1] = second
          case .loadConstant:
            pc = here + 2
            slots[here.pointee.a] = here.constant
          case .checkLocal:
            if slots[here.pointee.a].isNull {
              save(frame, pc)
              try raiseUnbound(frame, Int(here.pointee.a))
            }
          case .deleteLocal:
            if slots[here.pointee.a].isNull {
              save(frame, pc)
              try raiseUnbound(frame, Int(here.pointee.a))
            }
            slots[here.pointee.a] = .null
          case .loadCell:
            let value = slots[here.pointee.b].unchecked(CellObject.self).pointee.value
            if value.isNull {
              save(frame, pc)
              try raiseUnbound(frame, Int(here.pointee.b))
            }
            slots[here.pointee.a] = value
          case .storeCell: slots[here.pointee.a].unchecked(CellObject.self).pointee.value = slots[here.pointee.b]

          // MARK: Globals
          case .loadGlobalEntry:
            pc = here + 4
            let globals = frame.pointee.function.pointee.globals
            let site = here.globalSite
            if globals.pointee.stamp == site.pointee.stamp {
              slots[here.pointee.a] = globals.pointee.entries.unsafelyUnwrapped[Int(site.pointee.position)].value
            } else {
              save(frame, pc)
              slots[here.pointee.a] = try loadGlobal(here, globals)
            }
          case .loadGlobalBuiltin:
            pc = here + 4
            let globals = frame.pointee.function.pointee.globals
            let site = here.globalSite
            if globals.pointee.stamp == site.pointee.stamp {
              slots[here.pointee.a] = site.pointee.value
            } else {
              save(frame, pc)
              slots[here.pointee.a] = try loadGlobal(here, globals)
            }
          case .loadGlobal:
            pc = here + 4
            save(frame, pc)
            slots[here.pointee.a] = try loadGlobal(here, frame.pointee.function.pointee.globals)
          case .storeGlobal:
            pc = here + 4
            let globals = frame.pointee.function.pointee.globals
            let site = here.globalSite
            if globals.pointee.stamp == site.pointee.stamp && site.pointee.stamp != 0 {
              globals.pointee.entries.unsafelyUnwrapped[Int(site.pointee.position)].value = slots[here.pointee.a]
            } else {
              save(frame, pc)
              try storeGlobal(here, globals, slots[here.pointee.a])
            }

          // MARK: Attributes
          case .getAttributeInline:
            pc = here + 4
            let object = slots[here.pointee.b]
            let site = here.attributeSite
            if object.isInstance(stamp: site.pointee.stamp) {
              slots[here.pointee.a] = InstanceObject.slots(object.unchecked(InstanceObject.self))[Int(site.pointee.slot)]
            } else {
              save(frame, pc)
              if let next = try getAttribute(here, object, slots + Int(here.pointee.a), frame) { return try switchForm(next) }
            }
          case .getAttributeConstant:
            pc = here + 4
            let object = slots[here.pointee.b]
            let site = here.attributeSite
            if attributeKey(object) == site.pointee.stamp && site.pointee.stamp != 0 {
              slots[here.pointee.a] = site.pointee.value
            } else {
              save(frame, pc)
              if let next = try getAttribute(here, object, slots + Int(here.pointee.a), frame) { return try switchForm(next) }
            }
          case .getAttributeOfClass:
            pc = here + 4
            let object = slots[here.pointee.b]
            let site = here.attributeSite
            if attributeKey(object) == site.pointee.stamp && site.pointee.stamp != 0 {
              slots[here.pointee.a] = site.pointee.value.address.pointee
            } else {
              save(frame, pc)
              if let next = try getAttribute(here, object, slots + Int(here.pointee.a), frame) { return try switchForm(next) }
            }
          case .getAttribute:
            pc = here + 4
            save(frame, pc)
            if let next = try getAttribute(here, slots[here.pointee.b], slots + Int(here.pointee.a), frame) {
              if !next.isPrepared { return try switchForm(next) }
              frame = next
              pc = frame.preparedAddress
              slots = frame.pointee.locals
              state.pointee.stackTop = frame.pointee.limit
            }
          case .loadMethodOfClass:
            pc = here + 4
            let object = slots[here.pointee.b]
            let site = here.attributeSite
            if attributeKey(object) == site.pointee.stamp && site.pointee.stamp != 0 {
              slots[here.pointee.a] = site.pointee.value
              slots[here.pointee.a, 1] = object
            } else {
              save(frame, pc)
              try loadMethod(here, object, slots + Int(here.pointee.a))
            }
          case .loadMethod:
            pc = here + 4
            save(frame, pc)
            try loadMethod(here, slots[here.pointee.b], slots + Int(here.pointee.a))
          case .setAttributeInline:
            pc = here + 4
            let object = slots[here.pointee.a]
            let value = slots[here.pointee.b]
            let site = here.attributeSite
            if object.isInstance(stamp: site.pointee.stamp) && !value.isNull {
              let instance = object.unchecked(InstanceObject.self)
              InstanceObject.slots(instance)[Int(site.pointee.slot)] = value
              if !site.pointee.value.isNull { instance.pointee.header.word = site.pointee.value.bits }
            } else {
              save(frame, pc)
              try setAttribute(here, object, value)
            }
          case .setAttribute:
            pc = here + 4
            save(frame, pc)
            try setAttribute(here, slots[here.pointee.a], slots[here.pointee.b])

          // MARK: Items
          case .getItem:
            let object = slots[here.pointee.b]
            let index = slots[here.pointee.c]
            let item = quickItem(object, index)
            if item.isNull {
              save(frame, pc)
              slots[here.pointee.a] = try getItem(object, index)
            } else {
              slots[here.pointee.a] = item
            }
          case .getItemConstant:
            pc = here + 2
            let object = slots[here.pointee.b]
            let item = quickItem(object, here.constant)
            if item.isNull {
              save(frame, pc)
              slots[here.pointee.a] = try getItem(object, here.constant)
            } else {
              slots[here.pointee.a] = item
            }
          case .setItem:
            let object = slots[here.pointee.a]
            let index = slots[here.pointee.b]
            let value = slots[here.pointee.c]
            if index.isSmallInt && object.isObject(.list) && !value.isNull {
              let list = object.unchecked(ListObject.self)
              var position = index.uncheckedSmallInt
              if position < 0 { position &+= list.pointee.count }
              if UInt(bitPattern: position) < UInt(bitPattern: list.pointee.count) {
                list.pointee.items[position] = value
                continue
              }
            }
            save(frame, pc)
            try setItem(object, index, value)

          // MARK: Arithmetic
          case .add:
            let x = slots[here.pointee.b], y = slots[here.pointee.c]
            try settle(quickAdd(x, y), x, y, here, pc, frame, slots)
          case .addConstant:
            pc = here + 2
            let x = slots[here.pointee.b]
            try settle(quickAdd(x, here.constant), x, here.constant, here, pc, frame, slots)
          case .subtract:
            let x = slots[here.pointee.b], y = slots[here.pointee.c]
            try settle(quickSubtract(x, y), x, y, here, pc, frame, slots)
          case .subtractConstant:
            pc = here + 2
            let x = slots[here.pointee.b]
            try settle(quickSubtract(x, here.constant), x, here.constant, here, pc, frame, slots)
          case .multiply:
            let x = slots[here.pointee.b], y = slots[here.pointee.c]
            try settle(quickMultiply(x, y), x, y, here, pc, frame, slots)
          case .multiplyConstant:
            pc = here + 2
            let x = slots[here.pointee.b]
            try settle(quickMultiply(x, here.constant), x, here.constant, here, pc, frame, slots)
          case .bitAnd:
            let x = slots[here.pointee.b], y = slots[here.pointee.c]
            try settle(quickAnd(x, y), x, y, here, pc, frame, slots)
          case .bitAndConstant:
            pc = here + 2
            let x = slots[here.pointee.b], y = here.constant
            try settle(quickAnd(x, y), x, y, here, pc, frame, slots)
          case .shiftRight:
            let x = slots[here.pointee.b], y = slots[here.pointee.c]
            try settle(quickShiftRight(x, y), x, y, here, pc, frame, slots)
          case .shiftRightConstant:
            pc = here + 2
            let x = slots[here.pointee.b]
            try settle(quickShiftRight(x, here.constant), x, here.constant, here, pc, frame, slots)
          case .shiftLeft:
            let x = slots[here.pointee.b], y = slots[here.pointee.c]
            try settle(quickShiftLeft(x, y), x, y, here, pc, frame, slots)
          case .shiftLeftConstant:
            pc = here + 2
            let x = slots[here.pointee.b]
            try settle(quickShiftLeft(x, here.constant), x, here.constant, here, pc, frame, slots)
          case .floorDivide:
            let x = slots[here.pointee.b], y = slots[here.pointee.c]
            try settle(quickFloorDivide(x, y), x, y, here, pc, frame, slots)
          case .floorDivideConstant:
            pc = here + 2
            let x = slots[here.pointee.b]
            try settle(quickFloorDivide(x, here.constant), x, here.constant, here, pc, frame, slots)
          case .modulo:
            let x = slots[here.pointee.b], y = slots[here.pointee.c]
            try settle(quickModulo(x, y), x, y, here, pc, frame, slots)
          case .moduloConstant:
            pc = here + 2
            let x = slots[here.pointee.b]
            try settle(quickModulo(x, here.constant), x, here.constant, here, pc, frame, slots)
          case .trueDivide:
            let x = slots[here.pointee.b], y = slots[here.pointee.c]
            try settle(quickTrueDivide(x, y), x, y, here, pc, frame, slots)
          case .compare:
            let x = slots[here.pointee.b], y = slots[here.pointee.c]
            if x.bits & y.bits & 1 != 0 {
              slots[here.pointee.a] = Value(quickCompare(unsafeBitCast(here.pointee.flag, to: BinaryOperator.self), x, y))
            } else {
              save(frame, pc)
              slots[here.pointee.a] = try smallIntegerBinary(here.pointee.flag, x, y)
            }
          case .binary:
            save(frame, pc)
            slots[here.pointee.a] = try smallIntegerBinary(here.pointee.flag, slots[here.pointee.b], slots[here.pointee.c])
          case .not:
            let value = slots[here.pointee.b]
            if value.isBool {
              slots[here.pointee.a] = value == .true ? .false : .true
            } else {
              save(frame, pc)
              slots[here.pointee.a] = Value(try !isTrue(value))
            }
          case .unary:
            save(frame, pc)
            slots[here.pointee.a] = try unary(UnaryOperator(rawValue: here.pointee.flag).unsafelyUnwrapped, slots[here.pointee.b])

          // MARK: Comparisons
          case .jumpIfLess:
            let x = slots[here.pointee.a], y = slots[here.pointee.b]
            var answer = false
            if x.bits & y.bits & 1 != 0 {
              answer = Int(bitPattern: x.bits) < Int(bitPattern: y.bits)
            } else if x.isTaggedFloat && y.isTaggedFloat {
              answer = x.uncheckedTaggedFloat < y.uncheckedTaggedFloat
            } else {
              save(frame, pc)
              answer = try slowCompare(.less, x, y)
            }
            try branch(answer, here, &pc, frame, pending)
          case .jumpIfLessConstant:
            pc = here + 2
            let x = slots[here.pointee.a], y = here.constant
            var answer = false
            if x.bits & y.bits & 1 != 0 {
              answer = Int(bitPattern: x.bits) < Int(bitPattern: y.bits)
            } else {
              save(frame, pc)
              answer = try slowCompare(.less, x, y)
            }
            try branch(answer, here, &pc, frame, pending)
          case .jumpIfMore:
            let x = slots[here.pointee.a], y = slots[here.pointee.b]
            var answer = false
            if x.bits & y.bits & 1 != 0 {
              answer = Int(bitPattern: x.bits) > Int(bitPattern: y.bits)
            } else if x.isTaggedFloat && y.isTaggedFloat {
              answer = x.uncheckedTaggedFloat > y.uncheckedTaggedFloat
            } else {
              save(frame, pc)
              answer = try slowCompare(.more, x, y)
            }
            try branch(answer, here, &pc, frame, pending)
          case .jumpIfMoreConstant:
            pc = here + 2
            let x = slots[here.pointee.a], y = here.constant
            var answer = false
            if x.bits & y.bits & 1 != 0 {
              answer = Int(bitPattern: x.bits) > Int(bitPattern: y.bits)
            } else {
              save(frame, pc)
              answer = try slowCompare(.more, x, y)
            }
            try branch(answer, here, &pc, frame, pending)
          case .jumpIfLessEqual:
            let x = slots[here.pointee.a], y = slots[here.pointee.b]
            var answer = false
            if x.bits & y.bits & 1 != 0 {
              answer = Int(bitPattern: x.bits) <= Int(bitPattern: y.bits)
            } else if x.isTaggedFloat && y.isTaggedFloat {
              answer = x.uncheckedTaggedFloat <= y.uncheckedTaggedFloat
            } else {
              save(frame, pc)
              answer = try slowCompare(.lessEqual, x, y)
            }
            try branch(answer, here, &pc, frame, pending)
          case .jumpIfLessEqualConstant:
            pc = here + 2
            let x = slots[here.pointee.a], y = here.constant
            var answer = false
            if x.bits & y.bits & 1 != 0 {
              answer = Int(bitPattern: x.bits) <= Int(bitPattern: y.bits)
            } else {
              save(frame, pc)
              answer = try slowCompare(.lessEqual, x, y)
            }
            try branch(answer, here, &pc, frame, pending)
          case .jumpIfMoreEqual:
            let x = slots[here.pointee.a], y = slots[here.pointee.b]
            var answer = false
            if x.bits & y.bits & 1 != 0 {
              answer = Int(bitPattern: x.bits) >= Int(bitPattern: y.bits)
            } else if x.isTaggedFloat && y.isTaggedFloat {
              answer = x.uncheckedTaggedFloat >= y.uncheckedTaggedFloat
            } else {
              save(frame, pc)
              answer = try slowCompare(.moreEqual, x, y)
            }
            try branch(answer, here, &pc, frame, pending)
          case .jumpIfMoreEqualConstant:
            pc = here + 2
            let x = slots[here.pointee.a], y = here.constant
            var answer = false
            if x.bits & y.bits & 1 != 0 {
              answer = Int(bitPattern: x.bits) >= Int(bitPattern: y.bits)
            } else {
              save(frame, pc)
              answer = try slowCompare(.moreEqual, x, y)
            }
            try branch(answer, here, &pc, frame, pending)
          case .jumpIfEqual:
            let x = slots[here.pointee.a], y = slots[here.pointee.b]
            var answer = x == y
            if !(x.bits & y.bits & 1 != 0 || x.isName && y.isName) {
              save(frame, pc)
              answer = try slowCompare(.equal, x, y)
            }
            try branch(answer, here, &pc, frame, pending)
          case .jumpIfEqualConstant:
            pc = here + 2
            let x = slots[here.pointee.a], y = here.constant
            var answer = x == y
            if !(x.bits & y.bits & 1 != 0 || x.isName && y.isName) {
              save(frame, pc)
              answer = try slowCompare(.equal, x, y)
            }
            try branch(answer, here, &pc, frame, pending)
          case .jumpIfNotEqual:
            let x = slots[here.pointee.a], y = slots[here.pointee.b]
            var answer = x != y
            if !(x.bits & y.bits & 1 != 0 || x.isName && y.isName) {
              save(frame, pc)
              answer = try slowCompare(.notEqual, x, y)
            }
            try branch(answer, here, &pc, frame, pending)
          case .jumpIfNotEqualConstant:
            pc = here + 2
            let x = slots[here.pointee.a], y = here.constant
            var answer = x != y
            if !(x.bits & y.bits & 1 != 0 || x.isName && y.isName) {
              save(frame, pc)
              answer = try slowCompare(.notEqual, x, y)
            }
            try branch(answer, here, &pc, frame, pending)
          case .jumpIfSame:
            try branch(isSame(slots[here.pointee.a], slots[here.pointee.b]), here, &pc, frame, pending)
          case .jumpIfSameConstant:
            pc = here + 2
            try branch(isSame(slots[here.pointee.a], here.constant), here, &pc, frame, pending)

          case .jumpIfIn:
            save(frame, pc)
            try branch(contains(slots[here.pointee.b], slots[here.pointee.a]), here, &pc, frame, pending)
          case .jumpIfInConstant:
            pc = here + 2
            save(frame, pc)
            try branch(contains(here.constant, slots[here.pointee.a]), here, &pc, frame, pending)

          // MARK: Jumps
          case .jump: pc += here.pointee.wide
          case .jumpBack:
            pc += here.pointee.wide
            if pending.pointee != 0 { try poll(frame, pc) }
          case .jumpIfTrue:
            let value = slots[here.pointee.a]
            var answer = value == .true
            if value.isSmallInt {
              answer = value != Value(smallInt: 0)
            } else if !answer && value != .false && value != .none {
              save(frame, pc)
              answer = try isTrue(value)
            }
            if answer {
              pc += here.pointee.wide
              if here.pointee.wide < 0 && pending.pointee != 0 { try poll(frame, pc) }
            }
          case .jumpIfFalse:
            let value = slots[here.pointee.a]
            var answer = value == .true
            if value.isSmallInt {
              answer = value != Value(smallInt: 0)
            } else if !answer && value != .false && value != .none {
              save(frame, pc)
              answer = try isTrue(value)
            }
            if !answer {
              pc += here.pointee.wide
              if here.pointee.wide < 0 && pending.pointee != 0 { try poll(frame, pc) }
            }

          // MARK: Loops
          case .getIterator:
            save(frame, pc)
            slots[here.pointee.a] = try getIterator(slots[here.pointee.b])
          case .startLoop:
            save(frame, pc)
            try startLoop(slots + Int(here.pointee.a))
          case .forIterate:
            let cursor = slots + Int(here.pointee.a)
            switch cursor[0].bits {
            case LoopKind.range:
              let remaining = Int(bitPattern: cursor[2].bits)
              if remaining > 1 {
                let current = cursor[1]
                cursor[2].bits = UInt(bitPattern: remaining &- 2)
                cursor[1].bits = current.bits &+ cursor[3].bits &- 1
                slots[here.pointee.b] = current
                continue
              }
            case LoopKind.list:
              let list = cursor[1].unchecked(ListObject.self)
              let position = cursor[2].uncheckedSmallInt
              if position < list.pointee.count {
                cursor[2].bits = cursor[2].bits &+ 2
                slots[here.pointee.b] = list.pointee.items[position]
                continue
              }
            case LoopKind.tuple:
              let tuple = cursor[1].unchecked(TupleObject.self)
              let position = cursor[2].uncheckedSmallInt
              if position < tuple.pointee.count {
                cursor[2].bits = cursor[2].bits &+ 2
                slots[here.pointee.b] = TupleObject.items(tuple)[position]
                continue
              }
            case LoopKind.dict, LoopKind.text, LoopKind.sequence:
              save(frame, pc)
              let value = try nextInLoop(cursor)
              if !value.isNull {
                slots[here.pointee.b] = value
                continue
              }
            default:
              save(frame, pc)
              let iterator = cursor[1]
              if here.pointee.flag != 0 {
                let outcome = try nextPair(iterator, slots + Int(pc.pointee.a), slots + Int(pc.pointee.b))
                if outcome == .pair {
                  pc += 1
                  continue
                }
                if outcome == .end {
                  pc += here.pointee.distance
                  continue
                }
              }
              frame.pointee.sp = slots + Int(here.pointee.b)
              if iterator.isObject(.generator),
                let next = try enterGenerator(iterator, from: frame, exhausted: address(pc + here.pointee.distance))
              {
                if !next.isPrepared { return try switchForm(next) }
                frame = next
                pc = frame.preparedAddress
                slots = frame.pointee.locals
                state.pointee.frame = frame
                state.pointee.stackTop = frame.pointee.limit
                continue
              }
              let value = iterator.isObject(.iterator) ? try iteratorNext(self, iterator) : try next(iterator)
              if !value.isNull {
                slots[here.pointee.b] = value
                continue
              }
            }
            pc += here.pointee.distance

          // MARK: Calls
          case .call:
            let base = slots + Int(here.pointee.a)
            let callee = base[0]
            let count = Int(here.pointee.flag)
            frame.pointee.sp = slots + Int(here.pointee.b)
            save(frame, pc)
            if here.pointee.c == 0 && callee.isObject(.function) {
              let function = callee.unchecked(FunctionObject.self)
              let code = function.pointee.code
              let limit = base + (1 &+ Int(code.pointee.localCount) &+ Int(code.pointee.frameSize))
              if code.pointee.simpleKind == SimpleKind.prepared && Int(code.pointee.positionalCount) == count
                && limit < state.pointee.stackLimit
              {
                frame = enterSimple(function, code, base + 1, count, limit, previous: frame)
                pc = frame.preparedAddress
                slots = base + 1
                if pending.pointee != 0 { try poll(frame, pc) }
                continue
              }
              if code.pointee.simpleKind >= SimpleKind.prepared, let next = enterPlain(function, code, base + 1, count, previous: frame) {
                frame = next
                pc = frame.preparedAddress
                slots = base + 1
                if pending.pointee != 0 { try poll(frame, pc) }
                continue
              }
            }
            if callee.isImmediate(.function) {
              slots[here.pointee.b] = try callBuiltin(callee, Arguments(base: base + 1, count: count, keywordCount: Int(here.pointee.c)))
              continue
            }
            if let next = try beginCall(
              callee, base + 1, count, Int(here.pointee.c), room: 1, result: slots + Int(here.pointee.b), from: frame)
            {
              if !next.isPrepared { return try switchForm(next) }
              frame = next
              pc = frame.preparedAddress
              slots = frame.pointee.locals
              state.pointee.stackTop = frame.pointee.limit
              if pending.pointee != 0 { try poll(frame, pc) }
            }
          case .callMethod:
            let callee = slots[here.pointee.a]
            let hasReceiver = !slots[here.pointee.a, 1].isNull
            let base = slots + (Int(here.pointee.a) &+ (hasReceiver ? 1 : 2))
            let count = Int(here.pointee.flag) &+ (hasReceiver ? 1 : 0)
            frame.pointee.sp = slots + Int(here.pointee.b)
            save(frame, pc)
            if here.pointee.c == 0 && callee.isObject(.function) {
              let function = callee.unchecked(FunctionObject.self)
              let code = function.pointee.code
              let limit = base + (Int(code.pointee.localCount) &+ Int(code.pointee.frameSize))
              if code.pointee.simpleKind == SimpleKind.prepared && Int(code.pointee.positionalCount) == count
                && limit < state.pointee.stackLimit
              {
                frame = enterSimple(function, code, base, count, limit, previous: frame)
                pc = frame.preparedAddress
                slots = base
                if pending.pointee != 0 { try poll(frame, pc) }
                continue
              }
              if code.pointee.simpleKind >= SimpleKind.prepared, let next = enterPlain(function, code, base, count, previous: frame) {
                frame = next
                pc = frame.preparedAddress
                slots = base
                if pending.pointee != 0 { try poll(frame, pc) }
                continue
              }
            }
            if callee.isImmediate(.method) {
              slots[here.pointee.b] = try callBuiltin(callee, Arguments(base: base, count: count, keywordCount: Int(here.pointee.c)))
              continue
            }
            if let next = try beginCall(
              callee, base, count, Int(here.pointee.c), room: hasReceiver ? 1 : 2, result: slots + Int(here.pointee.b), from: frame)
            {
              if !next.isPrepared { return try switchForm(next) }
              frame = next
              pc = frame.preparedAddress
              slots = frame.pointee.locals
              state.pointee.stackTop = frame.pointee.limit
              if pending.pointee != 0 { try poll(frame, pc) }
            }
          case .callFromHeap, .callMethodFromHeap:
            let result = slots + Int(here.pointee.b)
            frame.pointee.sp = result
            save(frame, pc)
            let isMethod = here.pointee.opcode == .callMethodFromHeap
            if let next = try beginCallFromHeap(
              slots + Int(here.pointee.a), isMethod: isMethod, Int(here.pointee.flag), Int(here.pointee.c), result: result, from: frame)
            {
              if !next.isPrepared { return try switchForm(next) }
              frame = next
              pc = frame.preparedAddress
              slots = frame.pointee.locals
              state.pointee.stackTop = frame.pointee.limit
              if pending.pointee != 0 { try poll(frame, pc) }
            }
          case .callStarred:
            frame.pointee.sp = slots + Int(here.pointee.a)
            save(frame, pc)
            if let next = try beginStarCall(
              slots + Int(here.pointee.a), isMethod: here.pointee.flag != 0, Int(here.pointee.b), Int(here.pointee.c), from: frame)
            {
              if !next.isPrepared { return try switchForm(next) }
              frame = next
              pc = frame.preparedAddress
              slots = frame.pointee.locals
            }
            state.pointee.stackTop = frame.pointee.limit
          case .returnValue, .returnConstant:
            let result = here.pointee.opcode == .returnConstant ? here.constant : slots[here.pointee.a]
            if frame.pointee.kind.rawValue == FrameKind.preparedBit && frame.pointee.exceptionTop == frame.firstBlock {
              frame = frame.pointee.previous.unsafelyUnwrapped
              pc = frame.preparedAddress
              slots = frame.pointee.locals
              state.pointee.frame = frame
              state.pointee.stackTop = frame.pointee.limit
              frame.pointee.sp.pointee = result
              continue
            }
            save(frame, pc)
            if frame.pointee.exceptionTop != frame.firstBlock, let handler = unwindReturn(frame, pc, result) {
              pc = handler
              continue
            }
            if frame.pointee.kind.rawValue & FrameKind.entryBit != 0 { return try finishEntry(frame, result) }
            frame = try leaveFrame(frame, result)
            if !frame.isPrepared { return try switchForm(frame) }
            pc = frame.preparedAddress
            slots = frame.pointee.locals
            state.pointee.stackTop = frame.pointee.limit
          case .yieldValue:
            save(frame, pc)
            let value = slots[here.pointee.a, -1]
            frame.pointee.sp = slots + Int(here.pointee.a)
            let isEntry = frame.pointee.kind.rawValue & FrameKind.entryBit != 0
            frame = suspendGenerator(frame)
            if isEntry { return value }
            if !frame.isPrepared {
              push(value, frame)
              return try switchForm(frame)
            }
            pc = frame.preparedAddress
            slots = frame.pointee.locals
            state.pointee.stackTop = frame.pointee.limit
            frame.pointee.sp.pointee = value
          case .yieldFrom:
            save(frame, pc)
            let value = try delegate(frame, slots + Int(here.pointee.a))
            if value.isNull { continue }
            slots[here.pointee.a, -1] = value
            save(frame, here)
            frame.pointee.sp = slots + Int(here.pointee.a)
            let isEntry = frame.pointee.kind.rawValue & FrameKind.entryBit != 0
            frame = suspendGenerator(frame)
            if isEntry { return value }
            if !frame.isPrepared {
              push(value, frame)
              return try switchForm(frame)
            }
            pc = frame.preparedAddress
            slots = frame.pointee.locals
            state.pointee.stackTop = frame.pointee.limit
            frame.pointee.sp.pointee = value

          // MARK: Containers
          case .buildTuple:
            save(frame, pc)
            slots[here.pointee.c] = try newTuple(slots + Int(here.pointee.a), Int(here.pointee.b))
          case .buildList:
            save(frame, pc)
            slots[here.pointee.c] = try newList(slots + Int(here.pointee.a), Int(here.pointee.b))
          case .appendItem:
            save(frame, pc)
            try listAppend(slots[here.pointee.a].unchecked(ListObject.self), slots[here.pointee.b])
          case .addItem:
            save(frame, pc)
            try setAdd(slots[here.pointee.a].unchecked(SetObject.self), slots[here.pointee.b])
          case .storeEntry:
            save(frame, pc)
            try dictSet(slots[here.pointee.a].unchecked(DictObject.self), slots[here.pointee.b], slots[here.pointee.c])
          case .unpack:
            save(frame, pc)
            try unpackSequence(slots[here.pointee.c], Int(here.pointee.b), slots + Int(here.pointee.a))
          case .unpackPair:
            let sequence = slots[here.pointee.c]
            if sequence.isObject(.tuple), sequence.unchecked(TupleObject.self).pointee.count == 2 {
              let items = TupleObject.items(sequence.unchecked(TupleObject.self))
              let second = items[1]
              slots[here.pointee.a] = items[0]
              slots[here.pointee.b] = second
            } else {
              save(frame, pc)
              try unpackPair(sequence, slots + Int(here.pointee.a), slots + Int(here.pointee.b))
            }

          // MARK: Exceptions
          case .setUpHandler:
            pushBlock(frame, address(pc + here.pointee.wide), slots + Int(here.pointee.a), isFinally: here.pointee.flag != 0)
          case .setUpWith:
            save(frame, pc)
            let result = try enterContext(slots + Int(here.pointee.a))
            pushBlock(frame, address(pc + here.pointee.wide), slots + (Int(here.pointee.a) &+ 2), isFinally: true)
            slots[here.pointee.a, 2] = result
            state.pointee.stackTop = frame.pointee.limit
          case .cleanUpWith:
            save(frame, pc)
            try leaveContextPrepared(slots + Int(here.pointee.a))
          case .endFinally:
            popBlock(frame)
            let cause = here.pointee.flag == 0 ? slots[here.pointee.a] : slots[here.pointee.a, 1]
            if cause == .none { continue }
            save(frame, pc)
            if !cause.isSmallInt {
              reraised = true
              throw PyError(cause)
            }
            if cause.uncheckedSmallInt >= 0 {
              pc = unwindJump(frame, pc, slots[here.pointee.a], count: cause.uncheckedSmallInt)
              continue
            }
            // A return was under way: go on with it.
            let result = slots[here.pointee.a]
            if frame.pointee.exceptionTop != frame.firstBlock, let handler = unwindReturn(frame, pc, result) {
              pc = handler
              continue
            }
            if frame.pointee.kind.rawValue & FrameKind.entryBit != 0 { return try finishEntry(frame, result) }
            frame = try leaveFrame(frame, result)
            if !frame.isPrepared { return try switchForm(frame) }
            pc = frame.preparedAddress
            slots = frame.pointee.locals
            state.pointee.stackTop = frame.pointee.limit
          case .unwindJump:
            save(frame, pc)
            pc = unwindJump(frame, pc, Value(bits: UInt(bitPattern: pc + here.pointee.wide)), count: Int(here.pointee.flag))
            if pending.pointee != 0 { try poll(frame, pc) }
          case .popBlockJump:
            popBlock(frame)
            pc += here.pointee.wide
          case .raiseLast:
            save(frame, pc)
            reraised = true
            try raiseLast()
          case .raise:
            save(frame, pc)
            throw PyError(try exceptionToRaise(slots[here.pointee.a]))
          case .raiseFrom:
            save(frame, pc)
            throw PyError(try exceptionToRaise(slots[here.pointee.a], from: slots[here.pointee.b]))

          case .other:
            save(frame, pc)
            try stackInstruction(Opcode(byte: here.pointee.flag), frame, here.pointee.wide, 0, slots + Int(here.pointee.a))
          case .otherWide:
            pc = here + 2
            save(frame, pc)
            try stackInstruction(
              Opcode(byte: here.pointee.flag), frame, here.pointee.wide, Int(here.constant.bits), slots + Int(here.pointee.a))
          }
        }
      } catch {
        frame = try unwind(frame, error, reraised)
        reraised = false
        if !frame.isPrepared { return try switchForm(frame) }
        state.pointee.frame = frame
        state.pointee.stackTop = frame.pointee.limit
        pc = frame.preparedAddress
        slots = frame.pointee.locals
      }
    }
  }
}
