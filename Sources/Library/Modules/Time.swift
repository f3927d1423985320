// time — clocks, sleeping and the calendar. Seconds count from 1970; local time is UTC.

enum TimeModule {
  static let rows: InlineArray<_, Method> = [
    Method(.time, 0...0, timeTime),
    Method(.time_ns, 0...0, timeTimeNs),
    Method(.sleep, 1...1, timeSleep),
    Method(.sleep_ms, 1...1, timeSleepUnits, data: 1000),
    Method(.sleep_us, 1...1, timeSleepUnits, data: 1),
    Method(.ticks_ms, 0...0, timeTicks, data: 1000),
    Method(.ticks_us, 0...0, timeTicks, data: 1),
    Method(.ticks_cpu, 0...0, timeTicks, data: 0),
    Method(.ticks_add, 2...2, timeTicksAdd),
    Method(.ticks_diff, 2...2, timeTicksDiff),
    Method(.clock, 0...0, timeMonotonic),
    Method(.monotonic, 0...0, timeMonotonic),
    Method(.perf_counter, 0...0, timeMonotonic),
    Method(.process_time, 0...0, timeMonotonic),
    Method(.monotonic_ns, 0...0, timeMonotonicNs),
    Method(.perf_counter_ns, 0...0, timeMonotonicNs),
    Method(.process_time_ns, 0...0, timeMonotonicNs),
    Method(.gmtime, 0...1, timeGmtime),
    Method(.localtime, 0...1, timeGmtime),
    Method(.mktime, 1...1, timeMktime),
    Method(.strftime, 1...2, timeStrftime),
    Method(.asctime, 0...1, timeAsctime),
    Method(.ctime, 0...1, timeCtime),
    Method(.timezone, constant: Value(smallInt: 0)),
    Method(.altzone, constant: Value(smallInt: 0)),
    Method(.daylight, constant: Value(smallInt: 0)),
    Method(.tzname, getter: timeTzname),
  ]
}

private func timeRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) { row.initialize(to: TimeModule.rows.span[index]) }

extension ModuleRow {
  static let time = ModuleRow(.time, isExtensible: true, rowCount: UInt8(TimeModule.rows.count), row: timeRow)
}

// MARK: Clocks

extension VM {
  /// Nanoseconds since 1970; where nobody set a clock, since start.
  func wallNanoseconds() -> Int64 {
    interpreter.pointee.port.wallNanoseconds() ?? Int64(truncatingIfNeeded: interpreter.pointee.port.monotonicNanoseconds())
  }
}

/// Nanoseconds as seconds: a float where floats are fine enough, else whole seconds.
private func seconds(_ vm: VM, _ nanoseconds: Int64) throws(PyError) -> Value {
  if Int.bitWidth == 64 { return try vm.newFloat(PyFloat(nanoseconds) / 1e9) }
  return try vm.newInt(nanoseconds / 1_000_000_000)
}

/// `time()`.
private func timeTime(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try seconds(vm, vm.wallNanoseconds()) }

/// `time_ns()`.
private func timeTimeNs(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value { try vm.newInt(vm.wallNanoseconds()) }

/// `monotonic()` and its kin. On chips the float has 24 bits: milliseconds for four hours.
private func timeMonotonic(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newFloat(PyFloat(vm.interpreter.pointee.port.monotonicNanoseconds()) / 1e9)
}

/// `monotonic_ns()` and its kin.
private func timeMonotonicNs(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newInt(vm.interpreter.pointee.port.monotonicNanoseconds())
}

/// `ticks_ms()`, `ticks_us()`, `ticks_cpu()`: a counter that wraps round within the small integers.
private func timeTicks(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let microseconds = UInt64(vm.state.pointee.rowData)
  let now = vm.interpreter.pointee.port.monotonicNanoseconds()
  let ticks = microseconds == 0 ? now : now / (microseconds &* 1000)
  return Value(smallInt: Int(truncatingIfNeeded: ticks) & Value.maximalSmallInt)
}

/// `ticks_add(ticks, delta)`. OverflowError if the delta is half the period or more.
private func timeTicksAdd(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let ticks = try vm.intValue(arguments[0])
  let delta = try vm.intValue(arguments[1])
  let halfPeriod = Value.maximalSmallInt / 2 &+ 1
  if delta >= halfPeriod || delta <= 0 &- halfPeriod { try vm.raise(.overflowError, "ticks interval overflow") }
  return Value(smallInt: (ticks &+ delta) & Value.maximalSmallInt)
}

/// `ticks_diff(end, start)`: signed.
private func timeTicksDiff(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let end = try vm.intValue(arguments[0])
  let start = try vm.intValue(arguments[1])
  let halfPeriod = Value.maximalSmallInt / 2 &+ 1
  return Value(smallInt: ((end &- start &+ halfPeriod) & Value.maximalSmallInt) &- halfPeriod)
}

// MARK: Sleeping

extension VM {
  /// Sleeps, and runs what becomes pending meanwhile. Time spent there counts.
  public func sleep(nanoseconds: UInt64) throws(PyError) {
    let port = interpreter
    let start = port.pointee.port.monotonicNanoseconds()
    try pollPending()
    while true {
      let passed = port.pointee.port.monotonicNanoseconds() &- start
      if passed >= nanoseconds { return }
      // In slices, for ports whose sleep a pending signal does not end.
      port.pointee.port.sleepNanoseconds(self, min(nanoseconds &- passed, 100_000_000))
      try pollPending()
    }
  }
}

/// `sleep(seconds)`.
private func timeSleep(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  if arguments[0].isSmallInt {
    let whole = arguments[0].uncheckedSmallInt
    if whole < 0 { try vm.raise(.valueError, "sleep length must be non-negative") }
    try vm.sleep(nanoseconds: UInt64(whole).multipliedReportingOverflow(by: 1_000_000_000).overflow ? .max : UInt64(whole) &* 1_000_000_000)
    return .none
  }
  let duration = try vm.floatValue(arguments[0])
  // Also true for NaN.
  if !(duration >= 0) { try vm.raise(.valueError, "sleep length must be non-negative") }
  try vm.sleep(nanoseconds: duration < 1e9 ? UInt64(duration * 1e9) : .max)
  return .none
}

/// `sleep_ms(ms)`, `sleep_us(us)`; negative times are none.
private func timeSleepUnits(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let unit = UInt64(vm.state.pointee.rowData) &* 1000
  let count = try vm.intValue(arguments[0])
  if count <= 0 { return .none }
  let (total, overflow) = UInt64(count).multipliedReportingOverflow(by: unit)
  try vm.sleep(nanoseconds: overflow ? .max : total)
  return .none
}

// MARK: Calendar

/// A moment of the proleptic Gregorian calendar.
struct CalendarTime {
  var year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0
  /// Monday is 0.
  var weekday = 3
  /// From 1.
  var yearDay = 1

  /// The moment so many seconds after 1970 began.
  init(seconds: Int64) {
    var days = seconds / 86400
    var rest = Int(truncatingIfNeeded: seconds % 86400)
    if rest < 0 {
      rest &+= 86400
      days &-= 1
    }
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
    weekday = Int(truncatingIfNeeded: ((days &+ 3) % 7 &+ 7) % 7)
    // Years of this count begin in March, so that the leap day is the last; 400 years have 146097 days.
    let shifted = days &+ 719_468
    let era = (shifted >= 0 ? shifted : shifted &- 146_096) / 146_097
    let dayOfEra = Int(truncatingIfNeeded: shifted &- era &* 146_097)
    let yearOfEra = (dayOfEra &- dayOfEra / 1460 &+ dayOfEra / 36524 &- dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
    let shiftedMonth = (5 &* dayOfYear &+ 2) / 153
    day = dayOfYear &- (153 &* shiftedMonth &+ 2) / 5 &+ 1
    month = shiftedMonth < 10 ? shiftedMonth &+ 3 : shiftedMonth &- 9
    year = Int(truncatingIfNeeded: era &* 400) &+ yearOfEra &+ (month <= 2 ? 1 : 0)
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    // 1 January is day 306 of the shifted year.
    yearDay = dayOfYear >= 306 ? dayOfYear &- 305 : dayOfYear &+ 60 &+ (isLeap ? 1 : 0)
  }

  /// Days from 1970 to a date; the month may be any number.
  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    var months = (month &- 1) % 12
    if months < 0 { months &+= 12 }
    let fullYear = year &+ (month &- 1 &- months) / 12
    let shifted = months < 2 ? fullYear &- 1 : fullYear
    let era = (shifted >= 0 ? shifted : shifted &- 399) / 400
    let yearOfEra = shifted &- era &* 400
    let monthFromMarch = (months &+ 10) % 12
    let dayOfYear = (153 &* monthFromMarch &+ 2) / 5
    return era &* 146_097 &+ yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear &+ day &- 1 &- 719_468
  }
}

/// The moment that an argument of seconds means; now if it is absent or None.
private func moment(_ vm: VM, _ value: Value) throws(PyError) -> CalendarTime {
  if value.isNull || value == .none {
    let now = vm.wallNanoseconds()
    return CalendarTime(seconds: now / 1_000_000_000 &- (now % 1_000_000_000 < 0 ? 1 : 0))
  }
  let whole: Int64
  if vm.isInt(value) {
    whole = try vm.int64Value(value)
  } else {
    let float = try vm.floatValue(value)
    if !float.isFinite || float.magnitude > 1e15 { try vm.raise(.overflowError, "timestamp out of range for platform time_t") }
    whole = Int64(float.rounded(.down))
  }
  // Within about 30 million years all sums below fit.
  if whole.magnitude > 1_000_000_000_000_000 { try vm.raise(.overflowError, "timestamp out of range for platform time_t") }
  return CalendarTime(seconds: whole)
}

/// `gmtime([secs])`, `localtime([secs])`: year, month, day, hour, minute, second, weekday, day of the year, daylight saving.
private func timeGmtime(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let time = try moment(vm, arguments.optional(0))
  let tuple = try vm.newTupleObject(9)
  let items = TupleObject.items(tuple)
  items[0] = try vm.newInt(time.year)
  items[1] = Value(smallInt: time.month)
  items[2] = Value(smallInt: time.day)
  items[3] = Value(smallInt: time.hour)
  items[4] = Value(smallInt: time.minute)
  items[5] = Value(smallInt: time.second)
  items[6] = Value(smallInt: time.weekday)
  items[7] = Value(smallInt: time.yearDay)
  items[8] = Value(smallInt: 0)
  return Value(tuple)
}

/// The seconds since 1970 of a tuple as `localtime` makes; fields beyond their range count on.
private func seconds(_ vm: VM, ofTuple value: Value) throws(PyError) -> Int64 {
  let plain = vm.unwrapped(value)
  let items: UnsafeMutablePointer<Value>
  let count: Int
  if plain.isObject(.tuple) {
    items = TupleObject.items(plain.unchecked())
    count = plain.unchecked(TupleObject.self).pointee.count
  } else if plain.isObject(.list) {
    items = plain.unchecked(ListObject.self).pointee.items
    count = plain.unchecked(ListObject.self).pointee.count
  } else {
    try vm.raise(.typeError, "object '%t' isn't a tuple or list", value)
  }
  if count < 8 || count > 9 { try vm.raise(.typeError, "mktime needs a tuple of length 8 or 9") }
  var fields: InlineArray<6, Int64> = .init(repeating: 0)
  for index in 0..<6 {
    // Fields that are objects with `__index__` could change a list: plain integers only.
    guard vm.isInt(items[index]) else { try vm.raise(.typeError, "can't convert %t to int", items[index]) }
    fields[index] = try vm.int64Value(items[index])
    if fields[index].magnitude > 1_000_000_000_000 { try vm.raise(.overflowError, "invalid mktime usage") }
  }
  let days = CalendarTime.days(year: fields[0], month: fields[1], day: fields[2])
  return days &* 86400 &+ fields[3] &* 3600 &+ fields[4] &* 60 &+ fields[5]
}

/// `mktime(tuple)`.
private func timeMktime(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newInt(seconds(vm, ofTuple: arguments[0]))
}

/// `tzname`.
private func timeTzname(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  try vm.newTuple(Value(Qstr.UTC), Value(Qstr.UTC))
}

// MARK: Text

/// The moment of a tuple argument; now if it is absent.
private func moment(_ vm: VM, tuple value: Value) throws(PyError) -> CalendarTime {
  value.isNull || value == .none ? try moment(vm, .null) : CalendarTime(seconds: try seconds(vm, ofTuple: value))
}

/// `strftime(format[, tuple])`.
private func timeStrftime(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  guard vm.isString(arguments[0]) else { try vm.raise(.typeError, "can't convert %t to str implicitly", arguments[0]) }
  let time = try moment(vm, tuple: arguments.optional(1))
  var writer = TimeWriter(vm: vm, builder: StringBuilder(vm), time: time)
  try writer.write(vm.uncheckedText(vm.unwrapped(arguments[0])))
  return try writer.builder.finish()
}

/// `asctime([tuple])`.
private func timeAsctime(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var writer = TimeWriter(vm: vm, builder: StringBuilder(vm), time: try moment(vm, tuple: arguments.optional(0)))
  try writer.write(Text("%c"))
  return try writer.builder.finish()
}

/// `ctime([secs])`.
private func timeCtime(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  var writer = TimeWriter(vm: vm, builder: StringBuilder(vm), time: try moment(vm, arguments.optional(0)))
  try writer.write(Text("%c"))
  return try writer.builder.finish()
}
