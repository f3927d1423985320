// The console's question after each line: is this a whole statement, or is more to come?

import Bytecode

/// What a console should do with the text typed so far.
public enum InputCompleteness: UInt8, Sendable {
  /// Run it. It may still be wrong: then compiling it gives the error.
  case complete
  /// Ask for another line.
  case needsMore
}

extension Parser {
  /// Judges the lines typed so far, without the last one's line end. A compound statement goes on until an empty line (a text that ends
  /// with a line end); anything else until the grammar is content. *Allocates* a tree and frees it.
  public static func completeness(
    of source: UnsafeBufferPointer<UInt8>, memory: WorkMemory, options: ParserOptions = ParserOptions()
  ) -> InputCompleteness {
    guard let last = source.last else { return .complete }
    if last == Byte.backslash { return .needsMore }
    guard let space = UnsafeMutablePointer<Workspace>.make(memory) else { return .complete }
    defer { space.discard() }
    do throws(SyntaxFailure) {
      let names = try NameTable(space)
      defer { names.deallocate() }
      return try judge(source, last, names, options)
    } catch {
      // Compiling it will say so.
      return .complete
    }
  }

  private static func judge(
    _ source: UnsafeBufferPointer<UInt8>, _ last: UInt8, _ names: NameTable, _ options: ParserOptions
  ) throws(SyntaxFailure) -> InputCompleteness {
    var parser = try Parser(source: source, names: names, mode: .interactive, options: options)
    let root: NodeIndex
    do throws(SyntaxFailure) { root = try parser.parse() } catch {
      // An empty line gives up on a block that has not begun.
      if error.kind == .indentationError && Lexer.isLineEnd(last) { return .complete }
      return error.atEndOfInput ? .needsMore : .complete
    }
    let tree = parser.tree
    let statements = tree.list(tree[root].left)
    if statements.isEmpty { return .complete }
    return isCompound(tree.tag(statements[0])) && !Lexer.isLineEnd(last) ? .needsMore : .complete
  }

  private static func isCompound(_ tag: NodeTag) -> Bool {
    switch tag {
    case .if, .while, .for, .try, .with, .match, .function, .class: true
    default: false
    }
  }
}
