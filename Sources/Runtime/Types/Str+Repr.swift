// repr of text with CPython's rules: single quotes unless the text has single and no double ones; characters that can't be printed as
// escapes. (Which can is Numerics' approximation.)

import Numerics

extension VM {
  /// The quoted form of a string.
  func appendRepr(string text: Text, _ builder: inout StringBuilder) throws(PyError) {
    let quote = try appendQuote(text, &builder)
    var from = 0
    var index = 0
    while index < text.count {
      let byte = text.start[index]
      var length = 1
      if byte < 0x80 {
        if byte &- 32 < 95 && byte != quote && byte != 92 {
          index &+= 1
          continue
        }
      } else {
        let decoded = Utf8.decode(text.start + index)
        length = decoded.length
        if Utf8.Unicode.isPrintable(decoded.codePoint) {
          index &+= length
          continue
        }
      }
      try pollInterrupt()
      try builder.append(text.part(from, index &- from))
      try appendEscape(Utf8.decode(text.start + index).codePoint, quote, &builder)
      index &+= length
      from = index
    }
    try builder.append(text.part(from, text.count &- from))
    try builder.append(byte: quote)
  }

  /// The quoted form of bytes, without `b`.
  func appendRepr(bytes text: Text, _ builder: inout StringBuilder) throws(PyError) {
    let quote = try appendQuote(text, &builder)
    for index in 0..<text.count {
      let byte = text.start[index]
      if Ascii.isPrintable(byte) && byte != quote && byte != 92 {
        try builder.append(byte: byte)
      } else {
        try appendEscape(UInt32(byte), quote, &builder)
      }
    }
    try builder.append(byte: quote)
  }

  /// Writes and answers the quotation mark that suits a text.
  private func appendQuote(_ text: Text, _ builder: inout StringBuilder) throws(PyError) -> UInt8 {
    let hasSingle = TextSearch.first(39, text.start, text.count) >= 0
    let quote: UInt8 = hasSingle && TextSearch.first(34, text.start, text.count) < 0 ? 34 : 39
    try builder.append(byte: quote)
    return quote
  }

  /// `\n`, `\'`, `\x7f`, `\u200b` and the like.
  func appendEscape(_ codePoint: UInt32, _ quote: UInt8, _ builder: inout StringBuilder) throws(PyError) {
    try builder.append(byte: 92)
    switch codePoint {
    case 9: try builder.append(byte: 116)
    case 10: try builder.append(byte: 110)
    case 13: try builder.append(byte: 114)
    case 92, UInt32(quote): try builder.append(byte: UInt8(truncatingIfNeeded: codePoint))
    default:
      let digits: UInt32 = codePoint < 0x100 ? 2 : codePoint < 0x10000 ? 4 : 8
      try builder.append(byte: digits == 2 ? 120 : digits == 4 ? 117 : 85)
      var shift = digits &* 4
      while shift > 0 {
        shift &-= 4
        try builder.append(byte: TextDigits.hex(UInt8(truncatingIfNeeded: codePoint &>> shift & 15)))
      }
    }
  }
}
