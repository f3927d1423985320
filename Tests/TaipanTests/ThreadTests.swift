// Interpreters on threads of their own, and one stopped from another thread.

import Glibc
import Taipan
import Testing

/// Runs `body` on a new thread and answers when it may be joined.
private func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
  final class Box { let body: () -> Void; init(_ body: @escaping () -> Void) { self.body = body } }
  var thread = pthread_t()
  let context = Unmanaged.passRetained(Box(body)).toOpaque()
  pthread_create(
    &thread, nil,
    { context in
      guard let context else { return nil }
      Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
      return nil
    }, context)
  return thread
}

/// A result that a thread leaves for the one that joins it.
private final class Slot: @unchecked Sendable { var value = "" }

@Suite struct ThreadTests {
  @Test func oneInterpreterAThread() {
    let slots = (0..<4).map { _ in Slot() }
    let threads = slots.enumerated().map { index, slot in
      startThread {
        do {
          let python = try Python(heapSize: 32 << 20)
          try python.run(
            "def f(n): return n if n < 2 else f(n - 1) + f(n - 2)\ntext = ''.join(str(f(i)) for i in range(18)) + str(\(index))")
          slot.value = try python.globals.get("text", as: String.self)
        } catch { slot.value = "\(error)" }
      }
    }
    for thread in threads { pthread_join(thread, nil) }
    for (index, slot) in slots.enumerated() { #expect(slot.value == "01123581321345589144233377610987" + "1597" + String(index)) }
  }

  @Test func interruptedFromAnotherThread() throws {
    let python = try Python()
    let interrupter = python.interrupter
    let thread = startThread {
      usleep(50_000)
      interrupter.interrupt()
    }
    do {
      try python.run("while True: pass")
      #expect(Bool(false))
    } catch { #expect(error.kind == .keyboardInterrupt) }
    pthread_join(thread, nil)
    #expect(try python.evaluate("2 * 2") == 4)
  }
}
