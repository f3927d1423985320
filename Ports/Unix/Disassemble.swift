// `taipan --disassemble FILE`
import Bytecode
import Compiler
import Glibc
import Runtime
import Taipan

/// Prints the bytecode of a source file; answers the exit status.
func disassemble(_ path: Text, _ options: Options) -> Int32 {
  guard let file = withPath(path, { fopen($0, "rb") }) else {
    complain("taipan: can't open file '\(path.string)'")
    return 2
  }
  defer { fclose(file) }
  var source: [UInt8] = []
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65536) { buffer in
    while true {
      let count = fread(buffer.baseAddress, 1, buffer.count, file)
      if count == 0 { break }
      source.append(contentsOf: buffer[..<count])
    }
  }
  var compilerOptions = CompileOptions()
  compilerOptions.optimization = options.optimization
  do throws(SyntaxFailure) {
    let name = UnsafeBufferPointer(start: path.start, count: path.count)
    // The compiler borrows the text while it runs.
    let start = UnsafeMutablePointer<UInt8>.allocate(capacity: source.count + 1)
    start.initialize(from: source, count: source.count)
    defer { start.deallocate() }
    let module = try compile(
      source: UnsafeBufferPointer(start: start, count: source.count), fileName: name, mode: .file, memory: .system, options: compilerOptions
    )
    defer { module.deallocate() }
    do throws(BytecodeError) {
      let text = try Disassembler.listing(of: module, formatFloat: { Array("\($0)".utf8) })
      text.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, stdout) }
      return 0
    } catch {
      complain("taipan: the compiler made code that can't be decoded")
      return 1
    }
  } catch {
    complain("\(path.string):\(error.line):\(error.column): \(error.message.text)")
    return 1
  }
}
