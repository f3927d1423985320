// Targets are parsed as expressions and checked afterwards: the same nodes serve for both.

extension Parser {
  /// Checks what stands left of `=`, between `for` and `in`, or after `with ... as`.
  mutating func checkTarget(_ target: NodeIndex) throws(SyntaxFailure) {
    if tag(target) == .starred { throw failure(.starNotTarget, at: target) }
    try checkTarget(target, message: .cannotAssign)
  }

  /// Checks the target of an augmented assignment.
  mutating func checkSimpleTarget(_ target: NodeIndex) throws(SyntaxFailure) {
    switch tag(target) {
    case .name, .attribute, .subscript: return
    default: throw failure(.cannotAssign, at: target)
    }
  }

  /// Checks an operand of `del`.
  mutating func checkDeletable(_ target: NodeIndex) throws(SyntaxFailure) { try checkTarget(target, message: .cannotDelete) }

  private mutating func checkTarget(_ target: NodeIndex, message: SyntaxMessage) throws(SyntaxFailure) {
    let node = nodes[Int(target.rawValue)]
    switch node.tag {
    case .name, .attribute, .subscript: return
    case .tuple, .list:
      let count = Int(extra[Int(node.left)])
      // As upstream, `()` is no target though `[]` is.
      if count == 0 && node.tag == .tuple { throw failure(message, at: target) }
      var stars = 0
      for index in 0..<count {
        var element = NodeIndex(extra[Int(node.left) + 1 + index])
        if tag(element) == .starred && message == .cannotAssign {
          stars += 1
          if stars > 1 { throw failure(.multipleStars, at: element) }
          element = nodes[Int(element.rawValue)].leftNode
        }
        try checkTarget(element, message: message)
      }
    default: throw failure(message, at: target)
    }
  }
}
