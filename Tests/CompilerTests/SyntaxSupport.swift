// What the syntax tests share.

import Bytecode
import Testing

@testable import Compiler

/// The tree of a source as text, or the error as `kind: message (line:column)` with `...` after it if the input ended too soon.
func parsed(_ source: String, mode: ParserMode = .file, options: ParserOptions = ParserOptions()) -> String {
  parsed(Array(source.utf8), mode: mode, options: options)
}

func parsed(_ source: [UInt8], mode: ParserMode = .file, options: ParserOptions = ParserOptions()) -> String {
  source.withUnsafeBufferPointer { bytes in
    do throws(SyntaxFailure) {
      let names = try newNames()
      defer { names.deallocate() }
      var parser = try Parser(source: bytes, names: names, mode: mode, options: options)
      let root = try parser.parse()
      return SyntaxDump(tree: parser.tree, names: names).dump(root)
    } catch {
      return "\(error.kind): \(error.message.text) (\(error.line):\(error.column))" + (error.atEndOfInput ? "..." : "")
    }
  }
}

/// A new table of names in memory that does not run out.
func newNames() throws(SyntaxFailure) -> NameTable {
  guard let space = UnsafeMutablePointer<Workspace>.make(.system) else { throw .outOfMemory }
  return try NameTable(space)
}

/// The tree of an expression.
func expression(_ source: String) -> String {
  let text = parsed(source, mode: .expression)
  return text.hasPrefix("(eval ") ? String(text.dropFirst(6).dropLast()) : text
}

/// The message of the error that a source gives, or its tree.
func message(_ source: String) -> String {
  let text = parsed(source)
  guard text.hasPrefix("syntaxError: "), let end = text.lastIndex(of: "(") else { return text }
  return String(text[text.index(text.startIndex, offsetBy: 13)..<end].dropLast())
}

/// One source and what it should give.
struct Sample: Sendable, CustomTestStringConvertible {
  let source: String
  let result: String
  init(_ source: String, _ result: String) {
    self.source = source
    self.result = result
  }
  var testDescription: String { source }
}
