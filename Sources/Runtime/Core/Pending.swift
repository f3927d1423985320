// What jumps and calls do when the pending word is not zero, and finalisers.

import Platform

extension VM {
  @inline(never) func handlePending() throws(PyError) {
    let pending = interpreter.pointee.pending
    let reasons = pending.pointee
    if reasons & PendingReason.keyboardInterrupt != 0 { try raiseInterrupt() }
    if reasons & PendingReason.scheduledInterrupt != 0 && !interpreter.pointee.isRunningScheduled {
      pending.pointee &= ~PendingReason.scheduledInterrupt
      try raise(.keyboardInterrupt)
    }
    if reasons & PendingReason.finalisers != 0 { try runFinalisers() }
    if reasons & PendingReason.scheduled != 0 { try runScheduled() }
  }

  @inline(never) func raiseInterrupt() throws(PyError) -> Never {
    platform_clear_bits(interpreter.pointee.pending, PendingReason.keyboardInterrupt)
    try raise(.keyboardInterrupt)
  }

  /// Runs the functions that `micropython.schedule` queued. An error in one is printed and forgotten.
  private func runScheduled() throws(PyError) {
    platform_clear_bits(interpreter.pointee.pending, PendingReason.scheduled)
    // What a scheduled function schedules waits until all of this batch have ended.
    if interpreter.pointee.isRunningScheduled { return }
    interpreter.pointee.isRunningScheduled = true
    defer {
      interpreter.pointee.isRunningScheduled = false
      if interpreter.pointee.scheduled.isObject(.list), interpreter.pointee.scheduled.unchecked(ListObject.self).pointee.count > 0 {
        platform_set_bits(interpreter.pointee.pending, PendingReason.scheduled)
      }
    }
    guard interpreter.pointee.scheduled.isObject(.list) else { return }
    let queue = interpreter.pointee.scheduled.unchecked(ListObject.self)
    let count = queue.pointee.count
    let batch = try newList(queue.pointee.items, count).unchecked(ListObject.self)
    queue.pointee.count = 0
    var index = 0
    while index < count {
      do throws(PyError) { _ = try call(batch.pointee.items[index], batch.pointee.items[index &+ 1]) } catch {
        if matches(error, .keyboardInterrupt) || matches(error, .systemExit) { throw error }
        reportIgnored(error)
      }
      index &+= 2
    }
  }

  /// Runs `__del__` of objects that the collector found dead.
  func runFinalisers() throws(PyError) {
    platform_clear_bits(interpreter.pointee.pending, PendingReason.finalisers)
    while let object = heap.takePendingFinaliser() {
      let value = Value(bits: UInt(bitPattern: object))
      guard let owner = pythonClass(of: value) else { continue }
      let method = classLookUp(owner, .__del__)
      if method.isNull { continue }
      let handled = state.pointee.handled
      do throws(PyError) { _ = try call(method, value) } catch {
        state.pointee.handled = handled
        if matches(error, .keyboardInterrupt) {
          // Ctrl-C is meant for the program and not for the finaliser; those that are left run at the next chance.
          if heap.hasPendingFinalisers { interpreter.pointee.pending.pointee |= PendingReason.finalisers }
          throw error
        }
        reportIgnored(error)
      }
      state.pointee.handled = handled
    }
  }

  /// Prints an error that nobody can catch.
  public func reportIgnored(_ error: PyError) {
    let value = error.value
    if value == interpreter.pointee.memoryError { interpreter.pointee.memoryNotes.insert(.reported) }
    var builder = StringBuilder(self)
    do throws(PyError) {
      try printTraceback(value, &builder)
      write(builder.text, to: 2)
    } catch {
      // Not even memory to print: the name alone.
      interpreter.pointee.memoryNotes.insert(.shortened)
      write(text(typeName(of: value)), to: 2)
      write(Text("\n"), to: 2)
    }
  }

  var nativeStackPointer: UInt { UInt(platform_stack_pointer()) }
}
