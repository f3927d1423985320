// string — constants and capwords; and string.templatelib, the types of t-strings.

import Runtime

private enum StringModule {
  static let rows: InlineArray<_, Method> = [
    Method(.templatelib, getter: stringTemplatelib),
    Method(.ascii_letters, getter: stringLetters),
    Method(.ascii_lowercase, getter: stringLowercase),
    Method(.ascii_uppercase, getter: stringUppercase),
    Method(.digits, getter: stringDigits),
    Method(.hexdigits, getter: stringHexDigits),
    Method(.octdigits, getter: stringOctDigits),
    Method(.punctuation, getter: stringPunctuation),
    Method(.whitespace, getter: stringWhitespace),
    Method(.printable, getter: stringPrintable),
    Method(.capwords, 1...2, stringCapwords),
  ]
}

private func stringRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: StringModule.rows.span[index]) }

private enum TemplatelibModule {
  static let rows: InlineArray<_, Method> = [
    Method(.Template, constant: Value(type: .template)), Method(.Interpolation, constant: Value(type: .interpolation)),
    Method(.convert, 2...2, templatelibConvert),
  ]
}

private func templatelibRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: TemplatelibModule.rows.span[index]) }

extension ModuleRow {
  static var string: ModuleRow { ModuleRow(.string, isExtensible: true, rowCount: UInt8(StringModule.rows.count), row: stringRow) }
  static var templatelib: ModuleRow {
    ModuleRow(Qstr.stringTemplatelib, rowCount: UInt8(TemplatelibModule.rows.count), row: templatelibRow)
  }
}

private func stringTemplatelib(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { vm.builtinModule(Qstr.stringTemplatelib) }

// MARK: Constants

private func stringLetters(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

private func stringLowercase(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newString("abcdefghijklmnopqrstuvwxyz") }

private func stringUppercase(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newString("ABCDEFGHIJKLMNOPQRSTUVWXYZ") }

private func stringDigits(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newString("0123456789") }

private func stringHexDigits(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newString("0123456789abcdefABCDEF") }

private func stringOctDigits(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newString("01234567") }

private func stringPunctuation(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newString("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
}

private func stringWhitespace(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newString(" \t\n\r\u{b}\u{c}") }

private func stringPrintable(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newString("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\u{b}\u{c}")
}

// MARK: Functions

/// `capwords(text, sep=None)`: each word capitalised; runs of white space become one blank.
private func stringCapwords(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let separator = arguments.count > 1 && arguments[1] != .none ? arguments[1] : .null
  let words = try vm.callMethod(arguments[0], .split, separator)
  let result = try vm.newList()
  var iteration = try Iteration(vm, words)
  while true {
    let word = try iteration.next()
    if word.isNull { break }
    try vm.listAppend(result, vm.callMethod(word, .capitalize))
  }
  return try vm.callMethod(separator.isNull ? Value(Qstr.space) : separator, .join, Value(result))
}

/// `templatelib.convert(value, conversion)`: what `!r`, `!s` or `!a` makes of a value.
private func templatelibConvert(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments[1] == .none { return arguments[0] }
  let letter = try vm.text(ofString: arguments[1])
  if letter.equals("r") { return try vm.repr(arguments[0]) }
  if letter.equals("s") { return try vm.str(arguments[0]) }
  if letter.equals("a") { return try vm.ascii(arguments[0]) }
  try vm.raise(.valueError, "invalid conversion specifier: %s", arguments[1])
}
