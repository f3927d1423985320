// time, second part: moments as text, in the C locale.

/// Writes a moment by the directives of `strftime`.
struct TimeWriter {
  let vm: VM
  var builder: StringBuilder
  let time: CalendarTime

  private static var months: StaticString { "JanuaryFebruaryMarchAprilMayJuneJulyAugustSeptemberOctoberNovemberDecember" }
  private static var weekdays: StaticString { "MondayTuesdayWednesdayThursdayFridaySaturdaySunday" }

  /// Writes a format. An unknown directive is copied.
  mutating func write(_ format: Text) throws(PyError) {
    var index = 0
    while index < format.count {
      let byte = format[index]
      index &+= 1
      if byte == 37 && index < format.count {
        try write(directive: format[index])
        index &+= 1
      } else {
        let start = index &- 1
        while index < format.count && format[index] != 37 { index &+= 1 }
        try builder.append(Text(start: format.start + start, count: index &- start, isASCII: format.isASCII))
      }
    }
  }

  private mutating func write(directive: UInt8) throws(PyError) {
    switch directive {
    case 89: try builder.append(decimal: time.year)  // Y
    case 109: try write(time.month, 2)  // m
    case 100: try write(time.day, 2)  // d
    case 101: try write(time.day, 2, padding: 32)  // e
    case 72: try write(time.hour, 2)  // H
    case 73: try write((time.hour &+ 11) % 12 &+ 1, 2)  // I
    case 77: try write(time.minute, 2)  // M
    case 83: try write(time.second, 2)  // S
    case 102: try write(0, 6)  // f
    case 106: try write(time.yearDay, 3)  // j
    case 121: try write(((time.year % 100) &+ 100) % 100, 2)  // y
    case 67: try write(time.year / 100, 2)  // C
    case 119: try builder.append(decimal: (time.weekday &+ 1) % 7)  // w
    case 117: try builder.append(decimal: time.weekday &+ 1)  // u
    case 65: try write(name: time.weekday, of: TimeWriter.weekdays, isShort: false)  // A
    case 97: try write(name: time.weekday, of: TimeWriter.weekdays, isShort: true)  // a
    case 66: try write(name: time.month &- 1, of: TimeWriter.months, isShort: false)  // B
    case 98, 104: try write(name: time.month &- 1, of: TimeWriter.months, isShort: true)  // b, h
    case 112: try builder.append(time.hour < 12 ? "AM" : "PM")  // p
    case 85: try write((time.yearDay &+ 6 &- (time.weekday &+ 1) % 7) / 7, 2)  // U
    case 87: try write((time.yearDay &+ 6 &- time.weekday) / 7, 2)  // W
    case 71: try builder.append(decimal: isoWeek.year)  // G
    case 86: try write(isoWeek.week, 2)  // V
    case 115:  // s
      let days = CalendarTime.days(year: Int64(time.year), month: Int64(time.month), day: Int64(time.day))
      let seconds = days &* 86400 &+ Int64(time.hour &* 3600 &+ time.minute &* 60 &+ time.second)
      try vm.appendInteger(vm.newInt(seconds), to: &builder)
    case 99: try write(Text("%a %b %e %H:%M:%S %Y"))  // c
    case 120, 68: try write(Text("%m/%d/%y"))  // x, D
    case 88, 84: try write(Text("%H:%M:%S"))  // X, T
    case 70: try write(Text("%Y-%m-%d"))  // F
    case 82: try write(Text("%H:%M"))  // R
    case 114: try write(Text("%I:%M:%S %p"))  // r
    case 122: try builder.append("+0000")  // z
    case 90: try builder.append("UTC")  // Z
    case 110: try builder.append(byte: 10)  // n
    case 116: try builder.append(byte: 9)  // t
    case 37: try builder.append(byte: 37)
    default:
      try builder.append(byte: 37)
      try builder.append(byte: directive)
    }
  }

  /// ISO 8601: weeks begin on Monday, and the first of a year is the one with its fourth of January.
  private var isoWeek: (year: Int, week: Int) {
    let week = (time.yearDay &- time.weekday &+ 9) / 7
    if week < 1 { return (time.year &- 1, weeks(ofYear: time.year &- 1)) }
    if week == 53 && weeks(ofYear: time.year) == 52 { return (time.year &+ 1, 1) }
    return (time.year, week)
  }

  private func weeks(ofYear year: Int) -> Int {
    let first = weekday(year, 1, 1), last = weekday(year, 12, 31)
    return first == 3 || last == 3 ? 53 : 52
  }

  private func weekday(_ year: Int, _ month: Int64, _ day: Int64) -> Int {
    let days = CalendarTime.days(year: Int64(year), month: month, day: day)
    return Int(truncatingIfNeeded: ((days &+ 3) % 7 &+ 7) % 7)
  }

  private mutating func write(_ number: Int, _ width: Int, padding: UInt8 = 48) throws(PyError) {
    var limit = 10
    for _ in 1..<width {
      if number < limit { try builder.append(byte: padding) }
      limit &*= 10
    }
    try builder.append(decimal: number)
  }

  /// The name at a position of a list of names that begin with capitals.
  private mutating func write(name position: Int, of names: StaticString, isShort: Bool) throws(PyError) {
    let text = Text(names)
    var start = 0
    var seen = -1
    var index = 0
    while index < text.count {
      if text[index] < 97 {
        seen &+= 1
        if seen == position { start = index }
        if seen > position { break }
      }
      index &+= 1
    }
    try builder.append(Text(start: text.start + start, count: isShort ? 3 : index &- start, isASCII: true))
  }
}
