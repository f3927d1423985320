// `match`. The subject stays on the stack while patterns are tried. Every pattern finds its own copy of what it tests on top, takes it off, and
// either falls through or goes to `fail`, in both cases with the stack as it was below that copy.

import Bytecode

extension Emitter {
  mutating func matchStatement(_ data: SyntaxNode) throws(SyntaxFailure) {
    try expression(data.leftNode)
    let end = newLabel()
    for node in tree.list(data.right) {
      let part = tree.matchCase(node)
      let next = newLabel()
      mark(node)
      emit(.dupTop, 1)
      try pattern(part.pattern, fail: next)
      if !part.condition.isNone { try condition(part.condition, jumpIf: false, next) }
      emit(.popTop, -1)
      try block(part.body)
      jump(end)
      assign(next)
      adjust(1)
    }
    emit(.popTop, -1)
    assign(end)
  }

  private mutating func pattern(_ node: NodeIndex, fail: Label) throws(SyntaxFailure) {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting < 1000 else { throw failure(.tooDeep, node) }
    try check(node)
    let data = tree[node]
    switch data.tag {
    case .patternValue:
      try expression(data.leftNode)
      emit(compare: .equal)
      popJump(if: false, fail)
    case .patternSingleton:
      try expression(data.leftNode)
      emit(compare: .is)
      popJump(if: false, fail)
    case .patternCapture: storeName(data.leftName)
    case .patternWildcard: emit(.popTop, -1)
    case .patternOr: try alternatives(tree.list(data.left), fail: fail)
    case .patternAs: try named(data, fail: fail)
    case .patternSequence: try sequence(tree.list(data.left), fail: fail)
    case .patternMapping: try mapping(data, fail: fail)
    case .patternClass: try classPattern(node, fail: fail)
    default: throw failure(.patternValue, node)
    }
  }

  private mutating func match(_ operation: MatchOperation, _ change: Int, plus: Int = 0) {
    emit(.matchValue, unsigned: Int(operation.rawValue) + plus, change)
  }

  private mutating func alternatives(_ list: SyntaxList, fail: Label) throws(SyntaxFailure) {
    let success = newLabel()
    for index in 0..<(list.count - 1) {
      let next = newLabel()
      emit(.dupTop, 1)
      try pattern(list[index], fail: next)
      emit(.popTop, -1)
      jump(success)
      assign(next)
      adjust(1)
    }
    try pattern(list[list.count - 1], fail: fail)
    assign(success)
  }

  private mutating func named(_ data: SyntaxNode, fail: Label) throws(SyntaxFailure) {
    let drop = newLabel()
    let success = newLabel()
    emit(.dupTop, 1)
    try pattern(data.leftNode, fail: drop)
    storeName(data.rightName)
    jump(success)
    assign(drop)
    adjust(1)
    emit(.popTop, -1)
    jump(fail)
    assign(success)
  }

  /// Labels for failing with 1, 2, … slots to drop. They have consecutive numbers.
  private struct Drops {
    let first: UInt32
    let count: Int

    subscript(index: Int) -> Label { Label(number: first &+ UInt32(truncatingIfNeeded: index)) }
  }

  private mutating func dropLabels(_ count: Int) -> Drops {
    let first = newLabel()
    for _ in 1..<count { _ = newLabel() }
    return Drops(first: first.number, count: count)
  }

  /// Ends a compound pattern: success goes on; `drops[i]` drops i + 1 slots and fails.
  private mutating func finish(_ drops: Drops, fail: Label) {
    let success = newLabel()
    jump(success)
    for index in (0..<drops.count).reversed() {
      assign(drops[index])
      adjust(index + 1)
      emit(.popTop, -1)
      adjust(-index)
    }
    jump(fail)
    assign(success)
  }

  private mutating func isStar(_ node: NodeIndex) -> Bool { tree.tag(node) == .patternStar }

  private mutating func sequence(_ items: SyntaxList, fail: Label) throws(SyntaxFailure) {
    let drops = dropLabels(max(items.count - 1, 1))
    var star: Int?
    for index in 0..<items.count where isStar(items[index]) { star = index }
    match(.sequence, 1)
    popJump(if: false, drops[0])
    if star == nil || items.count > 1 {
      match(.length, 1)
      emit(integer: star == nil ? items.count : items.count - 1)
      emit(compare: star == nil ? .equal : .moreEqual)
      popJump(if: false, drops[0])
    }
    if let star {
      emit(.unpackEx, unsigned: star | (items.count - star - 1) << 8, items.count - 1)
    } else {
      emit(.unpackSequence, unsigned: items.count, items.count - 1)
    }
    try unpacked(items, drops, fail: fail, below: 0)
    finish(drops, fail: fail)
  }

  /// Tests unpacked items, the first on top; `below` slots under them belong to the pattern too.
  private mutating func unpacked(_ items: SyntaxList, _ drops: Drops, fail: Label, below: Int) throws(SyntaxFailure) {
    for index in 0..<items.count {
      let item = items[index]
      if isStar(item) {
        if tree[item].left == 0 { emit(.popTop, -1) } else { storeName(tree[item].leftName) }
        continue
      }
      let left = items.count - 1 - index + below
      try pattern(item, fail: left == 0 ? fail : drops[left - 1])
    }
  }

  private mutating func keys(_ items: SyntaxList) throws(SyntaxFailure) {
    var index = 0
    while index < items.count {
      try expression(items[index])
      index += 2
    }
    emitBuild(.buildTuple, items.count / 2)
  }

  private mutating func mapping(_ data: SyntaxNode, fail: Label) throws(SyntaxFailure) {
    let items = tree.list(data.left)
    let count = items.count / 2
    let drops = dropLabels(max(count, 2))
    match(.mapping, 1)
    popJump(if: false, drops[0])
    if count > 0 {
      try keys(items)
      match(.keys, 0)
      emit(.dupTop, 1)
      emit(.loadConstNone, 1)
      emit(compare: .is)
      popJump(if: true, drops[1])
      emit(.unpackSequence, unsigned: count, count - 1)
      for index in 0..<count { try pattern(items[2 * index + 1], fail: drops[count - 1 - index]) }
    }
    if data.right != 0 {
      try keys(items)
      match(.rest, 0)
      storeName(data.rightName)
    }
    emit(.popTop, -1)
    finish(drops, fail: fail)
  }

  private mutating func classPattern(_ node: NodeIndex, fail: Label) throws(SyntaxFailure) {
    let parts = tree.classPattern(node)
    let count = parts.positional.count + parts.keywords.count / 2
    let drops = dropLabels(max(count - 1, 1))
    try expression(parts.type)
    let start = constants.bytes.count
    constants.bytes.write(.tuple, count: parts.keywords.count / 2)
    var index = 0
    while index < parts.keywords.count {
      constants.bytes.write(.string, names[mangled(parts.keywords.name(index))])
      index += 2
    }
    emit(constantFrom: start)
    match(.classPattern, -2, plus: parts.positional.count)
    emit(.dupTop, 1)
    emit(.loadConstNone, 1)
    emit(compare: .is)
    popJump(if: true, drops[0])
    emit(.unpackSequence, unsigned: count, count - 1)
    for index in 0..<count {
      let isPositional = index < parts.positional.count
      let item = isPositional ? parts.positional[index] : parts.keywords[2 * (index - parts.positional.count) + 1]
      let left = count - 1 - index
      try pattern(item, fail: left == 0 ? fail : drops[left - 1])
    }
    finish(drops, fail: fail)
  }
}
