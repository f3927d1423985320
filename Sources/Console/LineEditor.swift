// One line of input, edited as it is typed. What is sent to the terminal for each key is the least that makes a VT100 show the line.
//
// Invariant: lineStart <= cursor <= line.count, and the terminal's cursor stands where `cursor` is. Offsets are of bytes, columns are characters.

import Numerics
import Runtime

/// How the reading of a line ended.
enum LineEnd: Equatable {
  /// Enter.
  case entered
  /// Ctrl-C, or Ctrl-A, B, D or E on an empty line.
  case control(UInt8)
  case endOfInput
}

struct LineEditor {
  let terminal: Terminal
  var history: History
  /// The statement so far: its finished lines, then the one that is edited.
  var line = ByteBuffer()
  var lineStart = 0
  var cursor = 0
  /// Part of an escape sequence: `KeySequence`.
  var sequence = KeySequence()
  /// A line feed right after a carriage return is the same key.
  var followsCarriageReturn = false
  /// Whether lines of this statement are indented for the user, and whether nothing was typed since that.
  var indents = true
  var isJustIndented = false
  /// Which line of the history is shown; -1 is none.
  var age = -1
  var prompt = Value.null
  /// The bytes of a character that have come so far, and how many it has.
  private var partial: UInt32 = 0
  private var partialCount = 0
  private var partialLength = 0

  init(_ terminal: Terminal, historyCapacity: Int) {
    self.terminal = terminal
    history = History(terminal.vm, capacity: historyCapacity)
  }

  var vm: VM { terminal.vm }

  /// Forgets the statement.
  mutating func clear() {
    line.clear(vm)
    lineStart = 0
    cursor = 0
    indents = true
  }

  /// Reads one line and appends it, without its end, to the statement. *Allocates*; may run Python code.
  mutating func readLine(_ prompt: Value) throws(PyError) -> LineEnd {
    self.prompt = prompt
    terminal.write(try promptText())
    lineStart = line.count
    cursor = line.count
    age = -1
    isJustIndented = false
    sequence = KeySequence()
    try indent()
    while true {
      guard let byte = terminal.read() else { return line.count > lineStart ? .entered : .endOfInput }
      if let end = try process(byte) { return end }
    }
  }

  private func promptText() throws(PyError) -> Text { vm.uncheckedText(vm.unwrapped(try vm.str(prompt))) }

  // MARK: Keys

  private mutating func process(_ byte: UInt8) throws(PyError) -> LineEnd? {
    let isSecondHalf = followsCarriageReturn && byte == Key.lineFeed
    followsCarriageReturn = byte == Key.carriageReturn
    if isSecondHalf { return nil }
    let wasJustIndented = isJustIndented
    isJustIndented = false
    if sequence.isUnderway {
      if let key = sequence.take(byte) { try perform(key) }
      return nil
    }
    switch byte {
    case Key.carriageReturn, Key.lineFeed:
      terminal.echoLineEnd()
      history.add(line.text(lineStart, line.count))
      return .entered
    case Key.controlC: return .control(byte)
    case Key.controlA, Key.controlB, Key.controlD, Key.controlE:
      if line.count == lineStart { return .control(byte) }
      try perform(controlKey(byte))
    case Key.escape: sequence.begin()
    case Key.tab: try tab(wasJustIndented)
    case 0x20 where wasJustIndented: try replaceIndentation()
    case 0x20..<Key.delete, 0x80...0xff: try insert(byte)
    default: try perform(controlKey(byte))
    }
    return nil
  }

  /// Tab completes a name, or after a blank stands for four.
  private mutating func tab(_ wasJustIndented: Bool) throws(PyError) {
    if wasJustIndented {
      // Whoever types the indentation, or pastes it, wants no more of it.
      indents = false
      return
    }
    if !isAfterBlank || isImport(upTo: cursor) { return try complete() }
    try insert(Text("    "))
  }

  private var isAfterBlank: Bool { cursor == lineStart || line[cursor &- 1] == 0x20 }

  /// A blank typed right after automatic indentation takes its place.
  private mutating func replaceIndentation() throws(PyError) {
    indents = false
    terminal.moveBack(line.count &- lineStart &- 1)
    line.truncate(lineStart &+ 1)
    cursor = line.count
  }

  mutating func perform(_ key: EditKey) throws(PyError) {
    switch key {
    case .none: break
    case .left: moveLeft(to: characterBefore(cursor))
    case .right: moveRight(to: characterAfter(cursor))
    case .home: moveLeft(to: lineStart)
    case .end: moveRight(to: line.count)
    case .wordLeft: moveLeft(to: wordBefore(cursor))
    case .wordRight: moveRight(to: wordAfter(cursor))
    case .backspace: removeBefore(backspaceTarget())
    case .deleteForward: removeAfter(characterAfter(cursor))
    case .killToEnd: removeAfter(line.count)
    case .killToStart: removeBefore(lineStart)
    case .killWordLeft: removeBefore(wordBefore(cursor))
    case .killWordRight: removeAfter(wordAfter(cursor))
    case .historyBack: try recall(age &+ 1)
    case .historyForward: try recall(age &- 1)
    }
  }

  // MARK: Moving

  private mutating func moveLeft(to position: Int) {
    terminal.moveBack(columns(position, cursor))
    cursor = position
  }

  /// Writing what is there moves the terminal's cursor over it.
  private mutating func moveRight(to position: Int) {
    terminal.echo(line.text(cursor, position))
    cursor = position
  }

  private func columns(_ from: Int, _ to: Int) -> Int {
    var count = 0
    for index in from..<max(from, to) where line[index] & 0xc0 != 0x80 { count &+= 1 }
    return count
  }

  private func characterBefore(_ position: Int) -> Int {
    var index = position
    while index > lineStart {
      index &-= 1
      if line[index] & 0xc0 != 0x80 { break }
    }
    return index
  }

  private func characterAfter(_ position: Int) -> Int {
    var index = position
    if index < line.count { index &+= 1 }
    while index < line.count && line[index] & 0xc0 == 0x80 { index &+= 1 }
    return index
  }

  private func wordBefore(_ position: Int) -> Int {
    var index = position
    while index > lineStart && !isIdentifierByte(line[index &- 1]) { index &-= 1 }
    while index > lineStart && isIdentifierByte(line[index &- 1]) { index &-= 1 }
    return index
  }

  private func wordAfter(_ position: Int) -> Int {
    var index = position
    while index < line.count && !isIdentifierByte(line[index]) { index &+= 1 }
    while index < line.count && isIdentifierByte(line[index]) { index &+= 1 }
    return index
  }

  // MARK: Changing

  /// Inserts at the cursor and moves behind it.
  mutating func insert(_ text: Text) throws(PyError) {
    try line.insert(vm, text, at: cursor)
    terminal.echo(line.text(cursor, line.count))
    cursor &+= text.count
    terminal.moveBack(columns(cursor, line.count))
  }

  /// Takes the bytes of a character together; what is not UTF-8 is dropped.
  private mutating func insert(_ byte: UInt8) throws(PyError) {
    if byte & 0xc0 != 0x80 { partialCount = 0 }
    let length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    if byte & 0xc0 != 0x80 { partialLength = length }
    if byte & 0xc0 == 0x80 && (partialCount == 0 || partialCount == 4) { return }
    withUnsafeMutableBytes(of: &partial) { $0[partialCount] = byte }
    partialCount &+= 1
    if partialCount < partialLength { return }
    var whole = partial
    let count = partialCount
    partialCount = 0
    try withUnsafeBytes(of: &whole) { (bytes) throws(PyError) in
      let start = bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
      if Utf8.validate(start, count) == count { try self.insert(Text(start: start, count: count, isASCII: count == 1)) }
    }
  }

  /// Backspace among leading blanks takes one step of indentation.
  private func backspaceTarget() -> Int {
    var index = lineStart
    while index < cursor && line[index] == 0x20 { index &+= 1 }
    return index == cursor && cursor &- lineStart >= 4 ? cursor &- 4 : characterBefore(cursor)
  }

  private mutating func removeBefore(_ position: Int) {
    if position == cursor { return }
    terminal.moveBack(columns(position, cursor))
    line.remove(position, cursor)
    cursor = position
    redrawRest()
  }

  private mutating func removeAfter(_ position: Int) {
    if position == cursor { return }
    line.remove(cursor, position)
    redrawRest()
  }

  private func redrawRest() {
    terminal.eraseToEnd()
    terminal.echo(line.text(cursor, line.count))
    terminal.moveBack(columns(cursor, line.count))
  }

  /// Shows a line of the history; age -1 is the empty line.
  private mutating func recall(_ wanted: Int) throws(PyError) {
    let found = wanted < 0 ? Text("") : history.line(wanted)
    guard let found, wanted >= -1 else { return }
    age = wanted
    let before = columns(lineStart, line.count)
    terminal.moveBack(columns(lineStart, cursor))
    line.truncate(lineStart)
    try line.insert(vm, found, at: lineStart)
    cursor = line.count
    if columns(lineStart, cursor) < before { terminal.eraseToEnd() }
    terminal.echo(line.text(lineStart, cursor))
  }

  // MARK: Indentation

  /// Begins the line as the one before it, four blanks deeper after a colon; not at all after two blank lines.
  private mutating func indent() throws(PyError) {
    if !indents || lineStart == 0 || !terminal.echoes { return }
    let previousEnd = lineStart &- 1
    let previous = startOfLine(endingAt: previousEnd)
    let blanks = leadingBlanks(previous, previousEnd)
    if previous > 0 && previous &+ blanks == previousEnd {
      let before = startOfLine(endingAt: previous &- 1)
      if before > 0 && before &+ leadingBlanks(before, previous &- 1) == previous &- 1 { return }
    }
    var steps = blanks / 4
    if previousEnd > previous && line[previousEnd &- 1] == 0x3a { steps &+= 1 }
    for _ in 0..<steps {
      try insert(Text("    "))
      isJustIndented = true
    }
  }

  private func startOfLine(endingAt end: Int) -> Int {
    var index = end
    while index > 0 && line[index &- 1] != 10 { index &-= 1 }
    return index
  }

  private func leadingBlanks(_ from: Int, _ to: Int) -> Int {
    var index = from
    while index < to && line[index] == 0x20 { index &+= 1 }
    return index &- from
  }

  /// Shows prompt and line anew, after something else was written.
  func redraw() throws(PyError) {
    terminal.echo(try promptText())
    terminal.echo(line.text(lineStart, line.count))
    terminal.moveBack(columns(cursor, line.count))
  }
}
