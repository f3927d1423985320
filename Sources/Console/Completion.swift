// Tab: completes the name before the cursor as far as it is certain, or lists what it may become.

import Runtime

extension LineEditor {
  /// Columns of the list of names, and how wide one is.
  private static var columnWidth: Int { 16 }
  private static var lineWidth: Int { 64 }

  /// *Allocates*; may run Python code (attributes that are computed). Errors mean that nothing is known.
  mutating func complete() throws(PyError) {
    var nameStart = cursor
    while nameStart > lineStart, isIdentifierByte(line[nameStart &- 1]) || line[nameStart &- 1] == 0x2e { nameStart &-= 1 }
    var partStart = cursor
    while partStart > nameStart && line[partStart &- 1] != 0x2e { partStart &-= 1 }
    let names = try candidates(nameStart, partStart)
    let part = cursor &- partStart
    let matches = try matching(names, line.text(partStart, cursor))
    let count = matches.pointee.count
    if count == 0 { return }
    var common = vm.uncheckedText(matches.pointee.items[0])
    for index in 1..<max(count, 1) { common = commonStart(common, vm.uncheckedText(matches.pointee.items[index])) }
    if common.count > part {
      try insert(Text(start: common.start + part, count: common.count &- part, isASCII: common.isASCII))
      // Nothing else can follow.
      if count == 1 && nameStart == lineStart && common.equals("import") { try insert(Text(" ")) }
    } else if count > 1 {
      list(matches)
      try redraw()
    }
  }

  private func commonStart(_ left: Text, _ right: Text) -> Text {
    var count = 0
    while count < left.count && count < right.count && left[count] == right[count] { count &+= 1 }
    return Text(start: left.start, count: count, isASCII: left.isASCII)
  }

  /// The names that may stand where the part begins, sorted.
  private func candidates(_ nameStart: Int, _ partStart: Int) throws(PyError) -> Ref<ListObject> {
    do throws(PyError) {
      if partStart > nameStart {
        let owner = try owner(nameStart, partStart &- 1)
        return owner.isNull ? try vm.newList() : try vm.attributeNames(of: owner)
      }
      if isImport(upTo: nameStart) { return try vm.moduleNames() }
      return try vm.visibleNames()
    } catch {
      return try vm.newList()
    }
  }

  /// Whether all that stands before `end` is the word `import` or `from`.
  func isImport(upTo end: Int) -> Bool {
    var wordEnd = end
    while wordEnd > lineStart && line[wordEnd &- 1] == 0x20 { wordEnd &-= 1 }
    let word = line.text(lineStart, wordEnd)
    return wordEnd < end && (word.equals("import") || word.equals("from"))
  }

  /// The value of a chain of names that ends before `end`; null if there is none.
  private func owner(_ start: Int, _ end: Int) throws(PyError) -> Value {
    var value = Value.null
    var from = start
    while from <= end {
      var to = from
      while to < end && line[to] != 0x2e { to &+= 1 }
      guard to > from, let name = vm.findName(line.text(from, to)) else { return .null }
      value = from == start ? vm.visibleValue(name) : try vm.findAttribute(value, name)
      if value.isNull { return .null }
      from = to &+ 1
    }
    return value
  }

  /// Those that begin with the part. Names with an underscore in front are shown only to who typed it.
  private func matching(_ names: Ref<ListObject>, _ part: Text) throws(PyError) -> Ref<ListObject> {
    let result = try vm.newList()
    for index in 0..<names.pointee.count {
      let item = names.pointee.items[index]
      guard vm.isString(item) else { continue }
      let name = vm.uncheckedText(item)
      if name.count < part.count || compareMemory(name.start, part.start, part.count) != 0 { continue }
      if part.count == 0, name.count == 0 || name[0] == 0x5f { continue }
      if result.pointee.count > 0 && vm.uncheckedText(result.pointee.items[result.pointee.count &- 1]) == name { continue }
      try vm.listAppend(result, item)
    }
    return result
  }

  private func list(_ names: Ref<ListObject>) {
    var column = 0
    terminal.echoLineEnd()
    for index in 0..<names.pointee.count {
      let name = vm.uncheckedText(names.pointee.items[index])
      let width = (name.count &+ LineEditor.columnWidth) / LineEditor.columnWidth &* LineEditor.columnWidth
      if column > 0 && column &+ width > LineEditor.lineWidth {
        terminal.echoLineEnd()
        column = 0
      }
      terminal.echo(name)
      let isLast = index == names.pointee.count &- 1 || column &+ width >= LineEditor.lineWidth
      if !isLast { for _ in name.count..<width { terminal.echo(" ") } }
      column &+= width
    }
    terminal.echoLineEnd()
  }
}
