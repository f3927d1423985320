// Cutting text up and putting it together: split, rsplit, splitlines, join, and strip. Shared by str, bytes and bytearray.

import Numerics

/// What a text is split at or stripped of: white space, or given text.
private struct Separator {
  /// Nil for white space.
  var text: Text?
  var limit: Int
}

private func separator(_ vm: VM, _ kind: TextKind, _ arguments: Arguments) throws(PyError) -> Separator {
  let limit = arguments.optional(2).isNull ? -1 : try vm.textInteger(arguments[2], clamped: true)
  let given = arguments.optional(1)
  if given.isNull || given == .none { return Separator(text: nil, limit: limit < 0 ? Int.max : limit) }
  let text = try vm.textArgument(kind, given)
  if text.count == 0 { try vm.raise(.valueError, "empty separator") }
  return Separator(text: text, limit: limit < 0 ? Int.max : limit)
}

/// The length of the white space character at an offset; 0 if there is another one.
@inline(__always) private func spaceLength(_ receiver: TextReceiver, _ offset: Int) -> Int {
  let byte = receiver.text.start[offset]
  if byte < 0x80 { return Ascii.isSpace(byte) || receiver.kind == .str && byte &- 0x1c < 4 ? 1 : 0 }
  if receiver.text.isASCII { return 0 }
  let (codePoint, length) = Utf8.decode(receiver.text.start + offset)
  return Utf8.Unicode.isSpace(codePoint) ? length : 0
}

/// The length of the white space character that ends before an offset above 0; 0 if there is another one.
private func spaceLength(_ receiver: TextReceiver, before offset: Int) -> Int {
  let begin = receiver.text.isASCII ? offset &- 1 : Utf8.stepBack(receiver.text.start, from: offset)
  return spaceLength(receiver, begin)
}

/// `split(sep=None, maxsplit=-1)`.
func textSplit(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let arguments = try vm.textKeywords(arguments, "sep=?, maxsplit=?", 1, 3)
  let kind = vm.textReceiver(arguments[0]).kind
  let separator = try separator(vm, kind, arguments)
  let receiver = vm.textReceiver(arguments[0])
  let list = try vm.newList(capacity: 8)
  guard let delimiter = separator.text else {
    try splitSpace(vm, receiver, separator.limit, list)
    return Value(list)
  }
  let text = receiver.text
  var from = 0
  while list.pointee.count < separator.limit {
    let hit =
      delimiter.count == 1
      ? TextSearch.near(delimiter.start[0], text.start + from, text.count &- from)
      : TextSearch.find(text.start + from, text.count &- from, delimiter.start, delimiter.count)
    if hit < 0 { break }
    try vm.pollInterrupt()
    try vm.listAppend(list, vm.newText(kind, text.part(from, hit)))
    from &+= hit &+ delimiter.count
  }
  try vm.listAppend(list, from == 0 ? vm.unchangedText(receiver, arguments[0]) : vm.newText(kind, text.part(from, text.count &- from)))
  return Value(list)
}

private func splitSpace(_ vm: VM, _ receiver: TextReceiver, _ limit: Int, _ list: Ref<ListObject>) throws(PyError) {
  let text = receiver.text
  var from = 0
  while true {
    while from < text.count {
      let length = spaceLength(receiver, from)
      if length == 0 { break }
      from &+= length
    }
    if from == text.count { return }
    var end = from
    try vm.pollInterrupt()
    if list.pointee.count >= limit {
      return try vm.listAppend(list, vm.newText(receiver.kind, text.part(from, text.count &- from)))
    }
    while end < text.count && spaceLength(receiver, end) == 0 { end &+= text.isASCII ? 1 : Utf8.length(lead: text.start[end]) }
    try vm.listAppend(list, vm.newText(receiver.kind, text.part(from, end &- from)))
    from = end
  }
}

/// `rsplit(sep=None, maxsplit=-1)`.
func textSplitBackward(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let top = vm.state.pointee.stackTop
  defer { vm.state.pointee.stackTop = top }
  let arguments = try vm.textKeywords(arguments, "sep=?, maxsplit=?", 1, 3)
  let kind = vm.textReceiver(arguments[0]).kind
  let separator = try separator(vm, kind, arguments)
  let receiver = vm.textReceiver(arguments[0])
  let list = try vm.newList(capacity: 8)
  if let delimiter = separator.text {
    let text = receiver.text
    var end = text.count
    while list.pointee.count < separator.limit {
      let hit = TextSearch.findLast(Text(start: text.start, count: end, isASCII: true), delimiter)
      if hit < 0 { break }
      let from = hit &+ delimiter.count
      try vm.listAppend(list, vm.newText(kind, text.part(from, end &- from)))
      end = hit
    }
    try vm.listAppend(list, end == text.count ? vm.unchangedText(receiver, arguments[0]) : vm.newText(kind, text.part(0, end)))
  } else {
    try splitSpaceBackward(vm, receiver, separator.limit, list)
  }
  var low = 0
  var high = list.pointee.count &- 1
  while low < high {
    let item = list.pointee.items[low]
    list.pointee.items[low] = list.pointee.items[high]
    list.pointee.items[high] = item
    low &+= 1
    high &-= 1
  }
  return Value(list)
}

private func splitSpaceBackward(_ vm: VM, _ receiver: TextReceiver, _ limit: Int, _ list: Ref<ListObject>) throws(PyError) {
  let text = receiver.text
  var end = text.count
  while true {
    while end > 0 {
      let length = spaceLength(receiver, before: end)
      if length == 0 { break }
      end &-= length
    }
    if end == 0 { return }
    var from = end
    if list.pointee.count >= limit {
      return try vm.listAppend(list, vm.newText(receiver.kind, text.part(0, end)))
    }
    while from > 0 && spaceLength(receiver, before: from) == 0 { from = text.isASCII ? from &- 1 : Utf8.stepBack(text.start, from: from) }
    try vm.listAppend(list, vm.newText(receiver.kind, text.part(from, end &- from)))
    end = from
  }
}

/// `splitlines(keepends=False)`. A `str` also ends lines at the Unicode line separators.
func textSplitLines(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let keepsEnds = try vm.isTrue(arguments[1])
  let receiver = vm.textReceiver(arguments[0])
  let text = receiver.text
  let list = try vm.newList(capacity: 8)
  var from = 0
  while from < text.count {
    var end = from
    var ending = 0
    while end < text.count {
      ending = lineEndLength(receiver, end)
      if ending > 0 { break }
      end &+= 1
    }
    try vm.listAppend(list, vm.newText(receiver.kind, text.part(from, (keepsEnds ? end &+ ending : end) &- from)))
    from = end &+ ending
  }
  return Value(list)
}

/// The length of the line end at an offset; 0 if there is none.
@inline(__always) private func lineEndLength(_ receiver: TextReceiver, _ offset: Int) -> Int {
  let start = receiver.text.start
  let byte = start[offset]
  if byte == 13 { return offset &+ 1 < receiver.text.count && start[offset &+ 1] == 10 ? 2 : 1 }
  if byte == 10 { return 1 }
  if receiver.kind != .str { return 0 }
  if byte < 0x80 { return byte == 11 || byte == 12 || byte &- 0x1c < 3 ? 1 : 0 }
  if byte == 0xc2 { return start[offset &+ 1] == 0x85 ? 2 : 0 }
  return byte == 0xe2 && start[offset &+ 1] == 0x80 && start[offset &+ 2] & 0xfe == 0xa8 ? 3 : 0
}

// MARK: join

/// `join(iterable)`. The result's size is counted first.
func textJoin(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let items = vm.unwrapped(arguments[1])
  if items.isObject(.tuple) {
    let tuple = items.unchecked(TupleObject.self)
    return try joinItems(vm, arguments[0], TupleObject.items(tuple), tuple.pointee.count)
  }
  if items.isObject(.list) {
    let list = items.unchecked(ListObject.self)
    return try joinItems(vm, arguments[0], list.pointee.items, list.pointee.count)
  }
  let iterator = try vm.getIterator(arguments[1])
  let list = try vm.newList(capacity: 8)
  while true {
    let item = try vm.next(iterator)
    if item.isNull { break }
    try vm.listAppend(list, item)
  }
  return try joinItems(vm, arguments[0], list.pointee.items, list.pointee.count)
}

/// Nothing here runs Python code, so `items` stays where it is; the collector finds it on the native stack.
private func joinItems(_ vm: VM, _ value: Value, _ items: UnsafeMutablePointer<Value>, _ count: Int) throws(PyError) -> Value {
  let receiver = vm.textReceiver(value)
  let kind = receiver.kind
  if count == 0 { return kind == .str ? Value(Qstr.empty) : try vm.newText(kind, .none) }
  if count == 1 && kind == .str && (items[0].isName || items[0].isObject(.str)) { return items[0] }
  let (separators, overflow) = receiver.text.count.multipliedReportingOverflow(by: count &- 1)
  if overflow { throw vm.outOfMemory(Int.max) }
  var total = separators
  var isASCII = receiver.text.isASCII || count == 1
  for index in 0..<count {
    if index & 0xfff == 0xfff { try vm.pollInterrupt() }
    let item = items[index]
    let text = kind == .str && (item.isName || item.isObject(.str)) ? vm.uncheckedText(item) : try joinItem(vm, kind, item)
    isASCII = isASCII && text.isASCII
    total &+= text.count
    if total >= 0x7fff_ffff { throw vm.outOfMemory(total) }
  }
  if total == 0 { return kind == .str ? Value(Qstr.empty) : try vm.newText(kind, .none) }
  if kind == .bytearray {
    let array = try vm.newBytearray(count: total)
    try fillJoined(vm, receiver, items, count, array.pointee.bytes)
    return Value(array)
  }
  let object = try vm.newTextObject(kind == .str ? .str : .bytes, count: total, isASCII: kind == .str && isASCII)
  try fillJoined(vm, receiver, items, count, TextObject.bytes(object))
  if total == 1 && isASCII && kind == .str { return Value(Qstr.character(TextObject.bytes(object)[0])) }
  return Value(object)
}

@inline(never) private func joinItem(_ vm: VM, _ kind: TextKind, _ item: Value) throws(PyError) -> Text {
  if kind == .str {
    guard vm.isString(item) else {
      try vm.raise(.typeError, "join expects a list of str/bytes objects consistent with self object")
    }
    return vm.uncheckedText(item)
  }
  guard let text = vm.bytesLike(item) else {
    try vm.raise(.typeError, "join expects a list of str/bytes objects consistent with self object")
  }
  return text
}

/// Writes items that were found to be of the right kind.
private func fillJoined(
  _ vm: VM, _ receiver: TextReceiver, _ items: UnsafeMutablePointer<Value>, _ count: Int, _ target: UnsafeMutablePointer<UInt8>
) throws(PyError) {
  var target = target
  let separator = receiver.text
  for index in 0..<count {
    if index > 0 {
      copyText(target, separator.start, separator.count)
      target += separator.count
    }
    if index & 0xfff == 0xfff { try vm.pollInterrupt() }
    let item = items[index]
    let text = receiver.kind == .str || item.isObject(.bytes) ? vm.uncheckedText(item) : vm.bytesLike(item) ?? .none
    copyText(target, text.start, text.count)
    target += text.count
  }
}

// MARK: strip

/// `Method.data` of `strip`, `lstrip` and `rstrip`.
enum StripMode {
  static var left: Int { 1 }
  static var right: Int { 2 }
}

/// `strip([chars])`, `lstrip`, `rstrip`.
func textStrip(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let mode = vm.state.pointee.rowData
  let receiver = vm.textReceiver(arguments[0])
  let text = receiver.text
  var from = 0
  var end = text.count
  let given = arguments.optional(1)
  if given.isNull || given == .none {
    while mode & StripMode.left != 0 && from < end {
      let length = spaceLength(receiver, from)
      if length == 0 { break }
      from &+= length
    }
    while mode & StripMode.right != 0 && end > from {
      let length = spaceLength(receiver, before: end)
      if length == 0 { break }
      end &-= length
    }
  } else {
    let characters = try vm.textArgument(receiver.kind, given)
    if text.isASCII {
      var set = TextByteSet()
      for index in 0..<characters.count { set.insert(characters.start[index]) }
      while mode & StripMode.left != 0 && from < end && set.contains(text.start[from]) { from &+= 1 }
      while mode & StripMode.right != 0 && end > from && set.contains(text.start[end &- 1]) { end &-= 1 }
    } else {
      stripCharacters(text, characters, mode, &from, &end)
    }
  }
  if from == 0 && end == text.count { return try vm.unchangedText(receiver, arguments[0]) }
  return try vm.newText(receiver.kind, text.part(from, end &- from))
}

private func stripCharacters(_ text: Text, _ characters: Text, _ mode: Int, _ from: inout Int, _ end: inout Int) {
  while mode & StripMode.left != 0 && from < end {
    let length = Utf8.length(lead: text.start[from])
    if TextSearch.find(characters.start, characters.count, text.start + from, length) < 0 { break }
    from &+= length
  }
  while mode & StripMode.right != 0 && end > from {
    let begin = Utf8.stepBack(text.start, from: end)
    if TextSearch.find(characters.start, characters.count, text.start + begin, end &- begin) < 0 { break }
    end = begin
  }
}
