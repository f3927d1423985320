// Named access to the children that lie in records, so that an emitter never counts words.

/// Children of `function`.
public struct FunctionParts {
  public let name: NameIndex
  /// List of `parameter` nodes.
  public let parameters: SyntaxList
  /// Annotation after `->`, or none.
  public let returns: NodeIndex
  public let body: SyntaxList
  /// Decorator expressions, outermost (first written) first.
  public let decorators: SyntaxList
  public let typeParameters: SyntaxList
  public let isAsync: Bool
}

/// Children of `class`.
public struct ClassParts {
  public let name: NameIndex
  /// Arguments as in `call`.
  public let arguments: SyntaxList
  public let body: SyntaxList
  /// Decorator expressions, outermost (first written) first.
  public let decorators: SyntaxList
  public let typeParameters: SyntaxList
}

/// Children of `parameter`.
public struct ParameterParts {
  public let name: NameIndex
  public let kind: ParameterKind
  /// Annotation, or none.
  public let annotation: NodeIndex
  /// Default value, or none.
  public let defaultValue: NodeIndex
}

/// Children of `while` and `for`; `target` and `iterable` only for `for`, `test` only for `while`.
public struct LoopParts {
  public let test: NodeIndex
  public let target: NodeIndex
  public let iterable: NodeIndex
  public let body: SyntaxList
  public let otherwise: SyntaxList
  public let isAsync: Bool
}

/// Children of `try`.
public struct TryParts {
  public let body: SyntaxList
  /// `exceptHandler` nodes.
  public let handlers: SyntaxList
  public let otherwise: SyntaxList
  public let finally: SyntaxList
  /// The handlers are `except*`.
  public let isGroup: Bool
}

/// Children of `interpolation`.
public struct InterpolationParts {
  public let expression: NodeIndex
  /// The expression as written, with white space before but not after it.
  public let text: UnsafeBufferPointer<UInt8>
  /// 0 or ASCII `r`, `s`, `a`.
  public let conversion: UInt8
  /// A `joinedString`, or none.
  public let format: NodeIndex
}

/// Children of `comprehensionClause`.
public struct ClauseParts {
  public let target: NodeIndex
  public let iterable: NodeIndex
  public let conditions: SyntaxList
  public let isAsync: Bool
}

extension SyntaxTree {
  /// Parts of a `function`.
  public func function(_ index: NodeIndex) -> FunctionParts {
    let node = self[index]
    return FunctionParts(
      name: node.leftName, parameters: list(word(node.right, 0)), returns: child(node.right, 1), body: list(word(node.right, 2)),
      decorators: list(word(node.right, 3)), typeParameters: list(word(node.right, 4)), isAsync: node.detail != 0)
  }

  /// Parts of a `class`.
  public func classDefinition(_ index: NodeIndex) -> ClassParts {
    let node = self[index]
    return ClassParts(
      name: node.leftName, arguments: list(word(node.right, 0)), body: list(word(node.right, 1)),
      decorators: list(word(node.right, 2)), typeParameters: list(word(node.right, 3)))
  }

  /// Parts of a `parameter`.
  public func parameter(_ index: NodeIndex) -> ParameterParts {
    let node = self[index]
    return ParameterParts(
      name: node.leftName, kind: ParameterKind(rawValue: node.detail) ?? .normal, annotation: child(node.right, 0),
      defaultValue: child(node.right, 1))
  }

  /// Parts of a `while`.
  public func whileLoop(_ index: NodeIndex) -> LoopParts {
    let node = self[index]
    return LoopParts(
      test: node.leftNode, target: .none, iterable: .none, body: list(word(node.right, 0)), otherwise: list(word(node.right, 1)),
      isAsync: false)
  }

  /// Parts of a `for`.
  public func forLoop(_ index: NodeIndex) -> LoopParts {
    let node = self[index]
    return LoopParts(
      test: .none, target: node.leftNode, iterable: child(node.right, 0), body: list(word(node.right, 1)),
      otherwise: list(word(node.right, 2)), isAsync: node.detail != 0)
  }

  /// Parts of a `try`.
  public func tryStatement(_ index: NodeIndex) -> TryParts {
    let node = self[index]
    return TryParts(
      body: list(node.left), handlers: list(word(node.right, 0)), otherwise: list(word(node.right, 1)),
      finally: list(word(node.right, 2)), isGroup: node.detail != 0)
  }

  /// Type expression, name and body of an `exceptHandler`.
  public func handler(_ index: NodeIndex) -> (type: NodeIndex, name: NameIndex, body: SyntaxList) {
    let node = self[index]
    return (node.leftNode, NameIndex(word(node.right, 0)), list(word(node.right, 1)))
  }

  /// Pattern, guard and body of a `matchCase`.
  public func matchCase(_ index: NodeIndex) -> (pattern: NodeIndex, condition: NodeIndex, body: SyntaxList) {
    let node = self[index]
    return (node.leftNode, child(node.right, 0), list(word(node.right, 1)))
  }

  /// Class, positional patterns and alternating (name, pattern) of a `patternClass`.
  public func classPattern(_ index: NodeIndex) -> (type: NodeIndex, positional: SyntaxList, keywords: SyntaxList) {
    let node = self[index]
    return (node.leftNode, list(word(node.right, 0)), list(word(node.right, 1)))
  }

  /// Full dotted name, name after `as` and the dotted name's components of an `importAlias`.
  public func importAlias(_ index: NodeIndex) -> (fullName: NameIndex, alias: NameIndex, components: SyntaxList) {
    let node = self[index]
    return (node.leftName, NameIndex(word(node.right, 0)), list(node.right + 1))
  }

  /// Dotted module name, count of leading dots and `fromAlias` nodes of an `importFrom`.
  public func importFrom(_ index: NodeIndex) -> (module: NameIndex, level: Int, aliases: SyntaxList) {
    let node = self[index]
    return (node.leftName, Int(word(node.right, 0)), list(word(node.right, 1)))
  }

  /// Parts of an `interpolation`.
  public func interpolation(_ index: NodeIndex) -> InterpolationParts {
    let node = self[index]
    return InterpolationParts(
      expression: node.leftNode, text: sourceText(offset: word(node.right, 0), count: word(node.right, 1)),
      conversion: node.detail, format: child(node.right, 2))
  }

  /// Parts of a `comprehensionClause`.
  public func clause(_ index: NodeIndex) -> ClauseParts {
    let node = self[index]
    return ClauseParts(
      target: node.leftNode, iterable: child(node.right, 0), conditions: list(word(node.right, 1)), isAsync: node.detail != 0)
  }

  /// Key, value and clauses of a `dictionaryComprehension`.
  public func dictionaryComprehension(_ index: NodeIndex) -> (key: NodeIndex, value: NodeIndex, clauses: SyntaxList) {
    let node = self[index]
    return (node.leftNode, child(node.right, 0), list(word(node.right, 1)))
  }

  /// Test, value if true and value if false of a `conditional`.
  public func conditional(_ index: NodeIndex) -> (test: NodeIndex, then: NodeIndex, otherwise: NodeIndex) {
    let node = self[index]
    return (node.leftNode, child(node.right, 0), child(node.right, 1))
  }

  /// Bounds of a `slice`, each maybe none.
  public func slice(_ index: NodeIndex) -> (lower: NodeIndex, upper: NodeIndex, step: NodeIndex) {
    let node = self[index]
    return (node.leftNode, child(node.right, 0), child(node.right, 1))
  }

  /// Target, annotation and value (maybe none) of an `annotatedAssign`; `isSimple` as its tag's comment says.
  public func annotatedAssign(_ index: NodeIndex) -> (target: NodeIndex, annotation: NodeIndex, value: NodeIndex, isSimple: Bool) {
    let node = self[index]
    return (node.leftNode, child(node.right, 0), child(node.right, 1), node.detail != 0)
  }

  /// Name, type parameters and value of a `typeAlias`.
  public func typeAlias(_ index: NodeIndex) -> (name: NameIndex, typeParameters: SyntaxList, value: NodeIndex) {
    let node = self[index]
    return (node.leftName, list(word(node.right, 0)), child(node.right, 1))
  }
}
