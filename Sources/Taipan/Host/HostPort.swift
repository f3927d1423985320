// What an interpreter on Linux gets: standard streams, clocks, files and random bytes of the operating system.
#if canImport(Glibc)
  import Glibc
  import Platform
  import Runtime

  /// A port of a hosted operating system.
  public enum HostPort {
    /// Sets every field of a hosted interpreter's port.
    public static func configure(_ port: UnsafeMutablePointer<Port>) {
      port.pointee.type = libraryTypeRow
      port.pointee.module = libraryModuleRow
      port.pointee.compile = compileSource
      port.pointee.write = hostWrite
      port.pointee.read = hostRead
      port.pointee.poll = hostPoll
      port.pointee.monotonicNanoseconds = hostMonotonic
      port.pointee.wallNanoseconds = hostWall
      port.pointee.sleepNanoseconds = hostSleep
      port.pointee.randomBytes = hostRandom
      port.pointee.frozenImage = platform_frozen_image()
      port.pointee.files.kind = hostFileKind
      port.pointee.files.open = hostOpen
      port.pointee.files.read = hostFileRead
      port.pointee.files.write = hostFileWrite
      port.pointee.files.close = hostClose
      port.pointee.files.seek = hostSeek
      port.pointee.hasFiles = true
      configureFolders(port)
      port.pointee.platformName = Qstr.linux
      port.pointee.machineName = "linux [Taipan] version"
    }
  }

  private func hostWrite(_ vm: VM, _ stream: Int, _ start: UnsafePointer<UInt8>, _ count: Int) {
    var done = 0
    while done < count {
      let written = Glibc.write(Int32(stream & 3), start + done, count - done)
      if written < 0 {
        if errno == EINTR { continue }
        return
      }
      done += written
    }
  }

  private func hostRead(_ vm: VM, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    let result = Glibc.read(0, target, count)
    return result < 0 ? -Int(errno) : result
  }

  private func hostPoll(_ vm: VM, _ entries: UnsafeMutablePointer<PollEntry>, _ count: Int, _ milliseconds: Int) -> Int {
    let result = UnsafeMutableRawPointer(entries).withMemoryRebound(to: pollfd.self, capacity: count) {
      Glibc.poll($0, UInt(count), Int32(clamping: milliseconds))
    }
    return result < 0 ? -Int(errno) : Int(result)
  }

  private func hostMonotonic() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }

  private func hostWall() -> Int64? {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// Sleeps until the time is over or a signal asks for attention.
  private func hostSleep(_ vm: VM, _ nanoseconds: UInt64) {
    var rest = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    while true {
      var left = timespec()
      if nanosleep(&rest, &left) == 0 || errno != EINTR || vm.interpreter.pointee.pending.pointee != 0 { return }
      rest = left
    }
  }

  private func hostRandom(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) {
    var done = 0
    while done < count {
      let got = platform_random(target + done, count - done)
      if got <= 0 { break }
      done += got
    }
  }

  /// Calls with a path as a C string.
  package func withPath<Result>(_ path: Text, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: path.count + 1) { buffer in
      let base = buffer.baseAddress.unsafelyUnwrapped
      base.update(from: path.start, count: path.count)
      base[path.count] = 0
      return base.withMemoryRebound(to: CChar.self, capacity: path.count + 1) { body($0) }
    }
  }

  private func hostFileKind(_ path: Text) -> Int {
    withPath(path) { name in
      var status = stat()
      guard stat(name, &status) == 0 else { return 0 }
      return status.st_mode & S_IFMT == S_IFDIR ? 2 : 1
    }
  }

  private func hostOpen(_ path: Text, _ flags: Int) -> Int {
    var mode = flags & 3 == 3 ? O_RDWR : flags & 2 != 0 ? O_WRONLY : O_RDONLY
    if flags & 4 != 0 { mode |= O_CREAT }
    if flags & 8 != 0 { mode |= O_TRUNC }
    if flags & 16 != 0 { mode |= O_APPEND }
    if flags & 32 != 0 { mode |= O_EXCL }
    let descriptor = withPath(path) { Glibc.open($0, mode | O_CLOEXEC, 0o666) }
    return descriptor < 0 ? -Int(errno) : Int(descriptor)
  }

  private func hostFileRead(_ descriptor: Int, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    let result = Glibc.read(Int32(descriptor), target, count)
    return result < 0 ? -Int(errno) : result
  }

  private func hostFileWrite(_ descriptor: Int, _ source: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let result = Glibc.write(Int32(descriptor), source, count)
    return result < 0 ? -Int(errno) : result
  }

  private func hostClose(_ descriptor: Int) -> Int { Glibc.close(Int32(descriptor)) < 0 ? -Int(errno) : 0 }

  private func hostSeek(_ descriptor: Int, _ offset: Int, _ whence: Int) -> Int {
    let result = lseek(Int32(descriptor), offset, Int32(whence))
    return result < 0 ? -Int(errno) : Int(result)
  }

  extension HostPort {
    /// Opens a file as `Port.files` wants it, for ports that build on this one.
    public static func openFile(_ path: Text, _ flags: Int) -> Int { hostOpen(path, flags) }
    /// Closes one.
    public static func closeFile(_ descriptor: Int) -> Int { hostClose(descriptor) }

    /// Memory of the heap: the header-only functions of Platform.
    public static var memory: MemorySource {
      MemorySource(
        pageSize: 4096, reserve: { platform_memory_reserve($0) }, commit: { platform_memory_commit($0, $1) },
        release: { platform_memory_release($0, $1) }, unreserve: { platform_memory_unreserve($0, $1) })
    }
  }
#endif
