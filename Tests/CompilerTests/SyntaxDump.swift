// Text of a syntax tree as nested lists, for tests.

@testable import Compiler

struct SyntaxDump {
  let tree: SyntaxTree
  let names: NameTable
  /// Shows chains and `elif` the way CPython's `ast` nests them.
  var nested = false
  /// Puts `line:column` (from 0) before each expression and statement but generators, as CPython's `ast` has them.
  var positions = false

  private static let binaryText = ["|", "^", "&", "<<", ">>", "+", "-", "*", "@", "//", "/", "%", "**"]
  private static let comparisonText = ["<", ">", "==", "<=", ">=", "!=", "in", "is", "not-in", "is-not"]
  private static let unaryText = ["u+", "u-", "u~", "not"]
  private static let parameterText = ["/", "", "*", "k", "**"]

  func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
  func text(_ name: NameIndex) -> String { name.isNone ? "_" : text(names[name]) }

  func quoted(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var result = "\""
    for byte in bytes {
      if byte >= 32 && byte < 127 && byte != 34 && byte != 92 {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = Array("0123456789abcdef")
        result += "\\x" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
      }
    }
    return result + "\""
  }

  private func form(_ items: [String]) -> String { "(" + items.joined(separator: " ") + ")" }
  private func all(_ list: SyntaxList) -> [String] { list.map { dump($0) } }
  private func block(_ list: SyntaxList) -> String { form(all(list)) }

  func dump(_ index: NodeIndex) -> String {
    if index.isNone { return "_" }
    let tag = tree.tag(index)
    let body = statement(index) ?? definition(index) ?? pattern(index) ?? operation(index) ?? expression(index)
    switch tag {
    case .module, .expressionInput, .withItem, .matchCase, .importAlias, .fromAlias, .parameter, .keywordArgument, .doubleStarred,
      .comprehensionClause, .interpolation, .generator, .exceptHandler, .typeVariable, .typeVariableTuple, .parameterSpecification:
      return body
    default: return positions ? "\(tree.line(index)):\(tree.column(index) - 1)\(body)" : body
    }
  }

  private func ifChain(_ pairs: SyntaxList, _ from: Int, _ otherwise: SyntaxList) -> String {
    var items = ["if", dump(pairs[from]), block(tree.list(pairs.word(from + 1)))]
    if from + 2 < pairs.count {
      items.append("(" + ifChain(pairs, from + 2, otherwise) + ")")
    } else {
      items.append(block(otherwise))
    }
    return form(items)
  }

  private func statement(_ index: NodeIndex) -> String? {
    let node = tree[index]
    let left = dump(safe(node.left, node.tag, isLeft: true))
    switch node.tag {
    case .module: return form(all(tree.list(node.left)))
    case .expressionInput: return form(["eval", left])
    case .expressionStatement: return form(["expr", left])
    case .assign: return form(["=", left] + all(tree.list(node.right)))
    case .augmentedAssign: return form([SyntaxDump.binaryText[Int(node.detail)] + "=", left, dump(node.rightNode)])
    case .annotatedAssign:
      let parts = tree.annotatedAssign(index)
      return form(["ann", left, dump(parts.annotation), dump(parts.value), parts.isSimple ? "1" : "0"])
    case .return: return form(["return", left])
    case .delete: return form(["del"] + all(tree.list(node.left)))
    case .pass: return "pass"
    case .break: return "break"
    case .continue: return "continue"
    case .raise: return form(["raise", left, dump(node.rightNode)])
    case .global, .nonlocal:
      let list = tree.list(node.left)
      return form([node.tag == .global ? "global" : "nonlocal"] + (0..<list.count).map { text(list.name($0)) })
    case .import: return form(["import"] + all(tree.list(node.left)))
    case .importAlias:
      let parts = tree.importAlias(index)
      return form([text(parts.fullName), text(parts.alias)])
    case .importFrom:
      let parts = tree.importFrom(index)
      return form(["from", "\(parts.level)", text(parts.module)] + all(parts.aliases))
    case .fromAlias: return form([text(node.leftName), text(node.rightName)])
    case .importStar: return form(["from", "\(node.right)", text(node.leftName), "(* _)"])
    case .assert: return form(["assert", left, dump(node.rightNode)])
    case .typeAlias:
      let parts = tree.typeAlias(index)
      return form(["type", text(parts.name), block(parts.typeParameters), dump(parts.value)])
    default: return compound(index)
    }
  }

  /// The node in an operand that is one for tags with a node there.
  private func safe(_ operand: UInt32, _ tag: NodeTag, isLeft: Bool) -> NodeIndex {
    switch tag {
    case .expressionInput, .expressionStatement, .assign, .augmentedAssign, .annotatedAssign, .return, .raise, .assert: NodeIndex(operand)
    default: .none
    }
  }

  private func compound(_ index: NodeIndex) -> String? {
    let node = tree[index]
    switch node.tag {
    case .if:
      let pairs = tree.list(node.left)
      if nested { return positions ? nil : ifChain(pairs, 0, tree.list(node.right)) }
      var items = ["if"]
      for place in stride(from: 0, to: pairs.count, by: 2) { items += [dump(pairs[place]), block(tree.list(pairs.word(place + 1)))] }
      return form(items + [block(tree.list(node.right))])
    case .while:
      let parts = tree.whileLoop(index)
      return form(["while", dump(parts.test), block(parts.body), block(parts.otherwise)])
    case .for:
      let parts = tree.forLoop(index)
      let word = parts.isAsync ? "async-for" : "for"
      return form([word, dump(parts.target), dump(parts.iterable), block(parts.body), block(parts.otherwise)])
    case .try:
      let parts = tree.tryStatement(index)
      return form(
        [parts.isGroup ? "try*" : "try", block(parts.body)] + all(parts.handlers) + [block(parts.otherwise), block(parts.finally)])
    case .exceptHandler:
      let parts = tree.handler(index)
      return form(["except", dump(parts.type), text(parts.name), block(parts.body)])
    case .with:
      return form([node.detail == 1 ? "async-with" : "with"] + all(tree.list(node.left)) + [block(tree.list(node.right))])
    case .withItem: return form([dump(node.leftNode), dump(node.rightNode)])
    case .match: return form(["match", dump(node.leftNode)] + all(tree.list(node.right)))
    case .matchCase:
      let parts = tree.matchCase(index)
      return form(["case", dump(parts.pattern), dump(parts.condition), block(parts.body)])
    default: return nil
    }
  }

  private func definition(_ index: NodeIndex) -> String? {
    let node = tree[index]
    switch node.tag {
    case .function:
      let parts = tree.function(index)
      return form([
        parts.isAsync ? "async-def" : "def", text(parts.name), block(parts.typeParameters), block(parts.parameters), dump(parts.returns),
        block(parts.decorators), block(parts.body),
      ])
    case .class:
      let parts = tree.classDefinition(index)
      return form([
        "class", text(parts.name), block(parts.typeParameters), block(parts.arguments), block(parts.decorators), block(parts.body),
      ])
    case .parameter:
      let parts = tree.parameter(index)
      let name = SyntaxDump.parameterText[Int(parts.kind.rawValue)] + text(parts.name)
      if parts.annotation.isNone && parts.defaultValue.isNone { return name }
      return form([name, dump(parts.annotation), dump(parts.defaultValue)])
    case .typeVariable:
      return form([text(node.leftName), dump(tree.child(node.right, 0)), dump(tree.child(node.right, 1))])
    case .typeVariableTuple: return form(["*" + text(node.leftName), dump(node.rightNode)])
    case .parameterSpecification: return form(["**" + text(node.leftName), dump(node.rightNode)])
    default: return nil
    }
  }

  private func pattern(_ index: NodeIndex) -> String? {
    let node = tree[index]
    switch node.tag {
    case .patternValue: return form(["pvalue", dump(node.leftNode)])
    case .patternSingleton: return form(["pis", bare(node.leftNode)])
    case .patternCapture: return form(["pname", text(node.leftName)])
    case .patternWildcard: return "(p_)"
    case .patternSequence: return form(["pseq"] + all(tree.list(node.left)))
    case .patternStar: return form(["pstar", text(node.leftName)])
    case .patternMapping: return form(["pmap"] + all(tree.list(node.left)) + ["**" + text(node.rightName)])
    case .patternClass:
      let parts = tree.classPattern(index)
      var items = ["pclass", dump(parts.type)] + all(parts.positional)
      for place in stride(from: 0, to: parts.keywords.count, by: 2) {
        items.append(form(["=", text(parts.keywords.name(place)), dump(parts.keywords[place + 1])]))
      }
      return form(items)
    case .patternOr: return form(["por"] + all(tree.list(node.left)))
    case .patternAs: return form(["pas", dump(node.leftNode), text(node.rightName)])
    default: return nil
    }
  }

  /// Without position.
  private func bare(_ index: NodeIndex) -> String { SyntaxDump(tree: tree, names: names).dump(index) }

  private func comparison(_ left: NodeIndex, _ pairs: [(UInt32, NodeIndex)]) -> String {
    form(["cmp", dump(left)] + pairs.flatMap { [SyntaxDump.comparisonText[Int($0.0)], dump($0.1)] })
  }

  private func chain(_ index: NodeIndex) -> String {
    let node = tree[index]
    let rest = tree.list(node.right)
    let places = stride(from: 0, to: rest.count, by: 2)
    if !nested {
      let pairs = places.flatMap { [SyntaxDump.binaryText[Int(rest.word($0))], dump(rest[$0 + 1])] }
      return form(["chain", dump(node.leftNode)] + pairs)
    }
    var result = dump(node.leftNode)
    for place in places {
      let start = positions && place > 0 ? "\(tree.line(index)):\(tree.column(index) - 1)" : ""
      result = form([SyntaxDump.binaryText[Int(rest.word(place))], start + result, dump(rest[place + 1])])
    }
    return result
  }

  private func operation(_ index: NodeIndex) -> String? {
    let node = tree[index]
    switch node.tag {
    case .unary: return form([SyntaxDump.unaryText[Int(node.detail)], dump(node.leftNode)])
    case .binary: return form([SyntaxDump.binaryText[Int(node.detail)], dump(node.leftNode), dump(node.rightNode)])
    case .binaryChain: return chain(index)
    case .and: return form(["and"] + all(tree.list(node.left)))
    case .or: return form(["or"] + all(tree.list(node.left)))
    case .compare: return comparison(node.leftNode, [(UInt32(node.detail), node.rightNode)])
    case .compareChain:
      let rest = tree.list(node.right)
      return comparison(node.leftNode, stride(from: 0, to: rest.count, by: 2).map { (rest.word($0), rest[$0 + 1]) })
    case .conditional:
      let parts = tree.conditional(index)
      return form(["?", dump(parts.test), dump(parts.then), dump(parts.otherwise)])
    case .lambda: return form(["lambda", block(tree.list(node.left)), dump(node.rightNode)])
    case .namedExpression: return form([":=", dump(node.leftNode), dump(node.rightNode)])
    case .yield: return form(["yield", dump(node.leftNode)])
    case .yieldFrom: return form(["yield-from", dump(node.leftNode)])
    case .await: return form(["await", dump(node.leftNode)])
    case .starred: return form(["*", dump(node.leftNode)])
    case .call: return form(["call", dump(node.leftNode)] + all(tree.list(node.right)))
    case .keywordArgument: return form(["=", text(node.leftName), dump(node.rightNode)])
    case .doubleStarred: return form(["**", dump(node.leftNode)])
    case .attribute: return form([".", dump(node.leftNode), text(node.rightName)])
    case .subscript: return form(["[]", dump(node.leftNode), dump(node.rightNode)])
    case .slice:
      let parts = tree.slice(index)
      return form([":", dump(parts.lower), dump(parts.upper), dump(parts.step)])
    default: return nil
    }
  }

  private func expression(_ index: NodeIndex) -> String {
    let node = tree[index]
    switch node.tag {
    case .name: return text(node.leftName)
    case .integer, .float, .imaginary: return text(tree.numberText(index))
    case .string: return quoted(tree.stringBytes(index))
    case .bytes: return "b" + quoted(tree.stringBytes(index))
    case .joinedString: return form(["f"] + tree.list(node.left).map { part($0) })
    case .templateString: return form(["t"] + tree.list(node.left).map { part($0) })
    case .noneConstant: return "None"
    case .trueConstant: return "True"
    case .falseConstant: return "False"
    case .ellipsis: return "..."
    case .tuple: return form(["tuple"] + all(tree.list(node.left)))
    case .list: return form(["list"] + all(tree.list(node.left)))
    case .set: return form(["set"] + all(tree.list(node.left)))
    case .dictionary: return form(["dict"] + all(tree.list(node.left)))
    case .listComprehension: return form(["listcomp", dump(node.leftNode)] + all(tree.list(node.right)))
    case .setComprehension: return form(["setcomp", dump(node.leftNode)] + all(tree.list(node.right)))
    case .generator: return form(["gen", dump(node.leftNode)] + all(tree.list(node.right)))
    case .dictionaryComprehension:
      let parts = tree.dictionaryComprehension(index)
      return form(["dictcomp", dump(parts.key), dump(parts.value)] + all(parts.clauses))
    case .comprehensionClause:
      let parts = tree.clause(index)
      return form([parts.isAsync ? "async-for" : "for", dump(parts.target), dump(parts.iterable)] + all(parts.conditions))
    case .interpolation: return part(index)
    case .if:
      let pairs = tree.list(node.left)
      return ifChain(pairs, 0, tree.list(node.right))
    default: return "?\(node.tag)"
    }
  }

  /// A part of a joined string: text or interpolation, without positions of its own.
  private func part(_ index: NodeIndex) -> String {
    if tree.tag(index) == .string { return quoted(tree.stringBytes(index)) }
    let parts = tree.interpolation(index)
    var items = ["interp", dump(parts.expression)]
    if parts.conversion != 0 { items.append("!" + String(Unicode.Scalar(parts.conversion))) }
    if !parts.format.isNone { items.append(form(["f"] + tree.list(tree[parts.format].left).map { part($0) })) }
    return form(items)
  }
}
