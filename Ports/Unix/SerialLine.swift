// The device's end of a serial line: a pseudo-terminal, a device, or the standard streams. As on a board an "interrupt handler" (here a thread)
// takes what arrives into a ring and looks for Ctrl-C, so that a running program can be stopped.
import Glibc
import Platform
import Runtime
import Taipan

enum SerialLine {
  nonisolated(unsafe) private static var input: Int32 = 0
  nonisolated(unsafe) private static var output: Int32 = 1
  /// A pseudo-terminal's other end may be closed and opened again.
  nonisolated(unsafe) private static var isPseudoTerminal = false
  /// Guarded by `mutex`: the ring, how many bytes were ever put in and taken out, and the interpreter.
  nonisolated(unsafe) private static let ring = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  nonisolated(unsafe) private static var written = 0
  nonisolated(unsafe) private static var taken = 0
  nonisolated(unsafe) private static var hasEnded = false
  nonisolated(unsafe) private static var vm: VM?
  nonisolated(unsafe) private static var mutex = pthread_mutex_t()
  nonisolated(unsafe) private static var changed = pthread_cond_t()

  /// More than two windows of raw paste.
  private static var capacity: Int { 1 << 16 }
  static var pasteWindow: Int { 8 << 10 }

  // MARK: Opening

  /// Opens `-` (the standard streams), `pty` (a new pseudo-terminal, whose name is printed), a device, or a name to be given to a new
  /// pseudo-terminal. Answers what went wrong.
  static func open(_ name: Text) -> String? {
    pthread_mutex_init(&mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(&changed, &attributes)
    if name.equals("-") {
      if isatty(0) != 0 { TerminalMode.prepare() }
      TerminalMode.setEditing(isatty(0) != 0)
    } else if name.equals("pty") {
      guard let path = openPseudoTerminal() else { return "no pseudo-terminal: \(String(cString: strerror(errno)))" }
      print("serial line at \(path)")
      fflush(nil)
    } else if let failure = openDevice(name.string) {
      return failure
    }
    var thread = pthread_t()
    let result = pthread_create(&thread, nil, { _ in SerialLine.receive() }, nil)
    return result == 0 ? nil : "no thread: \(String(cString: strerror(result)))"
  }

  private static func openDevice(_ path: String) -> String? {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFCHR else { return "\(path) is not a device" }
      input = Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
      if input < 0 { return "can't open \(path): \(String(cString: strerror(errno)))" }
      output = input
      makeRaw(input)
      return nil
    }
    guard let name = openPseudoTerminal() else { return "no pseudo-terminal: \(String(cString: strerror(errno)))" }
    unlink(path)
    return symlink(name, path) == 0 ? nil : "can't make \(path): \(String(cString: strerror(errno)))"
  }

  /// The name of the end for others.
  private static func openPseudoTerminal() -> String? {
    input = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
    // What `unlockpt` and `ptsname` ask the system, which Swift does not see.
    let (setLock, getNumber) = (UInt(0x4004_5431), UInt(0x8004_5430))
    var (lock, number) = (Int32(0), Int32(0))
    guard input >= 0, ioctl(input, setLock, &lock) == 0, ioctl(input, getNumber, &number) == 0 else { return nil }
    let name = "/dev/pts/\(number)"
    output = input
    isPseudoTerminal = true
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
    _ = fcntl(input, F_SETFD, FD_CLOEXEC)
    // Its settings stay when it is closed: no echo before somebody opens it. And from now on the system tells that nobody has it open.
    let other = Glibc.open(name, O_RDWR | O_NOCTTY)
    if other >= 0 {
      makeRaw(other)
      close(other)
    }
    return name
  }

  private static func makeRaw(_ file: Int32) {
    var settings = termios()
    guard tcgetattr(file, &settings) == 0 else { return }
    cfmakeraw(&settings)
    tcsetattr(file, TCSANOW, &settings)
  }

  /// The interpreter whose programs Ctrl-C stops; nil while there is none.
  static func attach(_ interpreter: VM?) {
    pthread_mutex_lock(&mutex)
    vm = interpreter
    pthread_mutex_unlock(&mutex)
  }

  // MARK: Receiving

  private static func receive() -> UnsafeMutableRawPointer? {
    let piece = UnsafeMutablePointer<UInt8>.allocate(capacity: 4096)
    while true {
      var state = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      _ = Glibc.poll(&state, 1, -1)
      let count = Glibc.read(input, piece, 4096)
      if count > 0 {
        store(piece, count)
      } else if isPseudoTerminal || count < 0 && (errno == EINTR || errno == EAGAIN) {
        // Nobody has the other end open.
        usleep(5000)
      } else {
        break
      }
    }
    pthread_mutex_lock(&mutex)
    hasEnded = true
    pthread_cond_broadcast(&changed)
    pthread_mutex_unlock(&mutex)
    return nil
  }

  private static func store(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    pthread_mutex_lock(&mutex)
    for index in 0..<count {
      if let vm, Int(bytes[index]) == vm.interpreter.pointee.interruptCharacter {
        platform_set_bits(pendingWord, PendingReason.keyboardInterrupt)
        continue
      }
      // What does not fit waits in the system, and with it the sender.
      while written - taken == capacity {
        pthread_cond_broadcast(&changed)
        pthread_cond_wait(&changed, &mutex)
      }
      ring[written % capacity] = bytes[index]
      written += 1
    }
    pthread_cond_broadcast(&changed)
    pthread_mutex_unlock(&mutex)
  }

  /// Waits until something changes, a moment at most (signals do not wake it). The mutex is held.
  private static func waitForChange(until deadline: UInt64) {
    let limit = min(deadline, now() + 50_000_000)
    var time = timespec(tv_sec: Int(limit / 1_000_000_000), tv_nsec: Int(limit % 1_000_000_000))
    pthread_cond_timedwait(&changed, &mutex, &time)
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// `Port.read`.
  static func read(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    while written == taken {
      if pendingWord.pointee != 0 { return StreamError.interrupted }
      if hasEnded { return 0 }
      waitForChange(until: UInt64.max)
    }
    let wasFull = written - taken == capacity
    let result = min(count, written - taken)
    for index in 0..<result { target[index] = ring[(taken + index) % capacity] }
    taken += result
    if wasFull { pthread_cond_broadcast(&changed) }
    return result
  }

  /// `Port.sleep`.
  static func sleep(_ nanoseconds: UInt64) {
    let end = now() &+ nanoseconds
    pthread_mutex_lock(&mutex)
    while pendingWord.pointee == 0 && now() < end { waitForChange(until: end) }
    pthread_mutex_unlock(&mutex)
  }

  /// `Port.poll`: descriptor 0 is the line, others are asked of the system.
  static func poll(_ entries: UnsafeMutablePointer<PollEntry>, _ count: Int, _ milliseconds: Int) -> Int {
    let end = milliseconds < 0 ? UInt64.max : now() &+ UInt64(milliseconds) &* 1_000_000
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    while true {
      let ready = askAll(entries, count)
      if ready > 0 { return ready }
      if pendingWord.pointee != 0 { return StreamError.interrupted }
      if now() >= end { return 0 }
      waitForChange(until: end)
    }
  }

  private static func askAll(_ entries: UnsafeMutablePointer<PollEntry>, _ count: Int) -> Int {
    var ready = 0
    for index in 0..<count {
      let entry = entries + index
      if entry.pointee.descriptor == 0 {
        entry.pointee.ready = written != taken || hasEnded ? entry.pointee.events & PollEntry.readable : 0
      } else if entry.pointee.descriptor <= 2 {
        entry.pointee.ready = entry.pointee.events & PollEntry.writable
      } else {
        var state = pollfd(fd: entry.pointee.descriptor, events: entry.pointee.events, revents: 0)
        _ = Glibc.poll(&state, 1, 0)
        entry.pointee.ready = state.revents
      }
      if entry.pointee.ready != 0 { ready += 1 }
    }
    return ready
  }

  // MARK: Sending

  /// `Port.write`: line ends become carriage return and line feed unless the stream is raw.
  static func write(_ stream: Int, _ bytes: UnsafePointer<UInt8>, _ count: Int) {
    if stream & StreamNumber.raw != 0 { return send(bytes, count) }
    var start = 0
    for index in 0..<count where bytes[index] == 10 {
      send(bytes + start, index - start)
      let end: StaticString = "\r\n"
      send(end.utf8Start, 2)
      start = index + 1
    }
    send(bytes + start, count - start)
  }

  /// Waits for a slow reader; what nobody listens to is lost, as on a wire.
  private static func send(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    var done = 0
    while done < count {
      var state = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
      _ = Glibc.poll(&state, 1, 100)
      if state.revents & Int16(POLLHUP) != 0 { return }
      // Somebody who asks the program to stop may not be reading any more.
      if state.revents == 0 && pendingWord.pointee & PendingReason.keyboardInterrupt != 0 { return }
      if state.revents & Int16(POLLOUT) == 0 { continue }
      let written = Glibc.write(output, bytes + done, count - done)
      if written > 0 {
        done += written
      } else if written < 0 && errno != EINTR && errno != EAGAIN {
        return
      }
    }
  }
}
