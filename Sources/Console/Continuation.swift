// The question after each line: is this a whole statement, or is more to come? Answered by looking at brackets, quotes and the first word, so
// that an engine without a compiler can ask it too.

import Runtime

/// Whether another line must follow the lines typed so far (without the last one's line end).
func needsMoreInput(_ source: Text) -> Bool {
  if source.count == 0 { return false }
  var scan = InputScan(source: source)
  scan.run()
  if scan.isInTripleQuotes || scan.depth > 0 || scan.endsWithBackslash { return true }
  // A compound statement goes on until an empty line.
  return startsCompound(source) && source[source.count &- 1] != 10
}

/// What a walk over the text finds.
private struct InputScan {
  let source: Text
  /// Open brackets.
  var depth = 0
  var isInTripleQuotes = false
  var endsWithBackslash = false
  private var index = 0

  init(source: Text) { self.source = source }

  mutating func run() {
    while index < source.count {
      let byte = source[index]
      index &+= 1
      switch byte {
      case 0x28, 0x5b, 0x7b: depth &+= 1
      case 0x29, 0x5d, 0x7d: depth = max(depth &- 1, 0)
      case 0x27, 0x22: string(byte)
      case 0x23: comment()
      case 0x5c:
        // At the very end, or with nothing but a line end after it: the line goes on.
        endsWithBackslash = index == source.count
        index &+= 1
      default: break
      }
    }
  }

  private mutating func comment() {
    while index < source.count && source[index] != 10 { index &+= 1 }
  }

  /// The rest of a string whose first quote was just passed.
  private mutating func string(_ quote: UInt8) {
    let isTriple = index &+ 1 < source.count && source[index] == quote && source[index &+ 1] == quote
    if isTriple { index &+= 2 }
    while index < source.count {
      let byte = source[index]
      index &+= 1
      if byte == 0x5c {
        if index == source.count { endsWithBackslash = true }
        index &+= 1
      } else if byte == 10 && !isTriple {
        // A string of one line that does not end is an error, which the compiler reports.
        return
      } else if byte == quote {
        if !isTriple { return }
        if index &+ 1 < source.count && source[index] == quote && source[index &+ 1] == quote {
          index &+= 2
          return
        }
      }
    }
    isInTripleQuotes = isTriple
  }
}

/// Whether the text begins like a statement with a block: with a decorator or one of the words that open one.
private func startsCompound(_ source: Text) -> Bool {
  if source[0] == 0x40 { return true }
  var end = 0
  while end < source.count && isIdentifierByte(source[end]) { end &+= 1 }
  let word = Text(start: source.start, count: end, isASCII: false)
  for index in 0..<9 where word.equals(compoundWord(index)) { return true }
  // `match` is a name as well.
  return word.equals("match") && firstLineEndsWithColon(source)
}

private func compoundWord(_ index: Int) -> StaticString {
  switch index {
  case 0: "if"
  case 1: "while"
  case 2: "for"
  case 3: "try"
  case 4: "with"
  case 5: "def"
  case 6: "class"
  case 7: "async"
  default: "else"
  }
}

private func firstLineEndsWithColon(_ source: Text) -> Bool {
  var end = 0
  while end < source.count && source[end] != 10 { end &+= 1 }
  while end > 0 && source[end &- 1] == 0x20 { end &-= 1 }
  return end > 0 && source[end &- 1] == 0x3a
}

/// Whether a byte can be part of a name; every byte of a character beyond ASCII counts.
func isIdentifierByte(_ byte: UInt8) -> Bool {
  byte >= 0x80 || byte == 0x5f || byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a
}
