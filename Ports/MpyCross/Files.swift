// Files and standard streams, byte by byte as they are.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

enum Files {
  /// The bytes of a file (nil: the standard input), or nil if it can't be read.
  static func read(_ path: String?) -> [UInt8]? {
    let file = path.map { open($0, O_RDONLY) } ?? STDIN_FILENO
    guard file >= 0 else { return nil }
    defer { if path != nil { close(file) } }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = readPart(file, &part)
      if count < 0 { return nil }
      if count == 0 { return bytes }
      bytes += part[..<count]
    }
  }

  private static func readPart(_ file: Int32, _ part: inout [UInt8]) -> Int {
    #if canImport(Glibc)
      Glibc.read(file, &part, part.count)
    #else
      Darwin.read(file, &part, part.count)
    #endif
  }

  /// Writes a file (nil: the standard output); false if that fails.
  @discardableResult
  static func write(_ bytes: [UInt8], to path: String?) -> Bool {
    let file = path.map { open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o666) } ?? STDOUT_FILENO
    return file >= 0 && writeAll(bytes, file) && (path == nil || close(file) == 0)
  }

  private static func writeAll(_ bytes: [UInt8], _ file: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(file, buffer.baseAddress, buffer.count)
        #else
          Darwin.write(file, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0 { return false }
      done += count
    }
    return true
  }

  /// Writes a line to the standard error.
  static func complain(_ message: String) { _ = writeAll(Array((message + "\n").utf8), STDERR_FILENO) }

  static func exit(_ status: Int32) -> Never {
    #if canImport(Glibc)
      Glibc.exit(status)
    #else
      Darwin.exit(status)
    #endif
  }
}
