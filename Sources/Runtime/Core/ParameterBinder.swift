// Binds the arguments of a call to a parameter list in Python's syntax, one slot a parameter, so that natives never parse keywords.
//
// A list is names separated by commas: `/` ends the positional-only ones, `*` begins the keyword-only ones, `*name` collects further
// positional arguments in a tuple, `**name` further keywords in a dict. `=default` may be None, True, False, an integer or '' ; a parameter
// with `=?` is optional and `null` if not given.

/// Walks over a parameter list.
private struct ParameterReader {
  let text: Text
  var position = 0
  /// The parameter read last.
  var name = Text("")
  var defaultText: Text?
  var stars = 0

  init(_ text: Text) { self.text = text }

  /// Reads the next parameter or marker; false at the end.
  mutating func next() -> Bool {
    while position < text.count && (text[position] == 32 || text[position] == 44) { position &+= 1 }
    if position >= text.count { return false }
    stars = 0
    while position < text.count && text[position] == 42 {
      stars &+= 1
      position &+= 1
    }
    let start = position
    while position < text.count && text[position] != 44 && text[position] != 61 { position &+= 1 }
    name = Text(start: text.start + start, count: position &- start, isASCII: true)
    defaultText = nil
    if position < text.count && text[position] == 61 {
      let begin = position &+ 1
      while position < text.count && text[position] != 44 { position &+= 1 }
      defaultText = Text(start: text.start + begin, count: position &- begin, isASCII: true)
    }
    return true
  }
}

extension VM {
  /// Fills one slot a parameter at the top of the Python stack (the first `skipping` arguments are copied as they are) and moves the top past
  /// them; the caller puts it back.
  @inline(never) public func bind(_ parameters: Text, name function: Qstr, _ arguments: Arguments, skipping: Int = 0) throws(PyError) -> Arguments {
    let slots = state.pointee.stackTop
    try checkStack(slots + (skipping &+ 32))
    for index in 0..<skipping { slots[index] = arguments.base[index] }
    state.pointee.stackTop = slots + (skipping &+ 32)
    var reader = ParameterReader(parameters)
    var slot = skipping
    var nextPositional = skipping
    var usedKeywords: UInt64 = 0
    var isKeywordOnly = false
    let lastPositionalOnly = positionalOnlyCount(parameters)
    var index = 0
    while reader.next() {
      if reader.stars == 0 && reader.name.count == 1 && reader.name[0] == 47 { continue }
      if reader.stars == 1 {
        isKeywordOnly = true
        if reader.name.count == 0 { continue }
        let rest = max(arguments.count &- nextPositional, 0)
        slots[slot] = try newTuple(arguments.base + nextPositional, rest)
        nextPositional = arguments.count
      } else if reader.stars == 2 {
        slots[slot] = try remainingKeywords(arguments, &usedKeywords)
      } else if !isKeywordOnly && nextPositional < arguments.count {
        slots[slot] = arguments.base[nextPositional]
        nextPositional &+= 1
        if index >= lastPositionalOnly && keyword(arguments, reader.name, &usedKeywords) != .null {
          try raise(.typeError, "function got multiple values for argument '%s'", try newString(reader.name))
        }
      } else {
        let given = index >= lastPositionalOnly ? keyword(arguments, reader.name, &usedKeywords) : .null
        slots[slot] = given.isNull ? try defaultValue(reader, function) : given
      }
      slot &+= 1
      index &+= 1
    }
    if nextPositional < arguments.count { try raiseArgumentCount(0, nextPositional &- skipping, arguments.count &- skipping) }
    try checkAllUsed(arguments, usedKeywords)
    return Arguments(base: slots, count: slot)
  }

  private func positionalOnlyCount(_ parameters: Text) -> Int {
    var reader = ParameterReader(parameters)
    var count = 0
    while reader.next() {
      if reader.stars == 0 && reader.name.count == 1 && reader.name[0] == 47 { return count }
      count &+= 1
    }
    return 0
  }

  private func keyword(_ arguments: Arguments, _ name: Text, _ used: inout UInt64) -> Value {
    for index in 0..<arguments.keywordCount {
      let pair = arguments.base + (arguments.count &+ 2 &* index)
      if uncheckedText(pair[0]) == name {
        used |= 1 &<< UInt64(index & 63)
        return pair[1]
      }
    }
    return .null
  }

  private func remainingKeywords(_ arguments: Arguments, _ used: inout UInt64) throws(PyError) -> Value {
    let dict = try newDict()
    for index in 0..<arguments.keywordCount where used & (1 &<< UInt64(index & 63)) == 0 {
      let pair = arguments.base + (arguments.count &+ 2 &* index)
      try dictSet(dict, pair[0], pair[1])
      used |= 1 &<< UInt64(index & 63)
    }
    return Value(dict)
  }

  private func checkAllUsed(_ arguments: Arguments, _ used: UInt64) throws(PyError) {
    for index in 0..<arguments.keywordCount where used & (1 &<< UInt64(index & 63)) == 0 {
      let name = arguments.base[arguments.count &+ 2 &* index]
      try raise(.typeError, "unexpected keyword argument '%s'", name)
    }
  }

  private func defaultValue(_ reader: ParameterReader, _ function: Qstr) throws(PyError) -> Value {
    guard let text = reader.defaultText else { try raise(.typeError, "function missing required positional argument '%s'", try newString(reader.name)) }
    if text.equals("?") { return .null }
    if text.equals("None") { return .none }
    if text.equals("True") { return .true }
    if text.equals("False") { return .false }
    if text.equals("''") { return Value(Qstr.empty) }
    var integer = 0
    var index = text.count > 0 && text[0] == 45 ? 1 : 0
    while index < text.count {
      integer = integer &* 10 &+ Int(text[index] &- 48)
      index &+= 1
    }
    return Value(smallInt: text.count > 0 && text[0] == 45 ? -integer : integer)
  }
}
