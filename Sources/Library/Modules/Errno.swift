// errno — the numbers of errors as Linux and MicroPython's boards have them, and their names.

private struct Entry: Sendable {
  var name: Qstr
  var number: UInt16
  init(_ name: Qstr, _ number: UInt16) {
    self.name = name
    self.number = number
  }
}

enum ErrnoModule {
  /// Where two names share a number, `errorcode` has the first.
  fileprivate static let codes: InlineArray<_, Entry> = [
    Entry(.EPERM, 1), Entry(.ENOENT, 2), Entry(.ESRCH, 3), Entry(.EINTR, 4), Entry(.EIO, 5), Entry(.ENXIO, 6), Entry(.E2BIG, 7),
    Entry(.ENOEXEC, 8), Entry(.EBADF, 9), Entry(.ECHILD, 10), Entry(.EAGAIN, 11), Entry(.ENOMEM, 12), Entry(.EACCES, 13),
    Entry(.EFAULT, 14),
    Entry(.ENOTBLK, 15), Entry(.EBUSY, 16), Entry(.EEXIST, 17), Entry(.EXDEV, 18), Entry(.ENODEV, 19), Entry(.ENOTDIR, 20),
    Entry(.EISDIR, 21),
    Entry(.EINVAL, 22), Entry(.ENFILE, 23), Entry(.EMFILE, 24), Entry(.ENOTTY, 25), Entry(.ETXTBSY, 26), Entry(.EFBIG, 27),
    Entry(.ENOSPC, 28),
    Entry(.ESPIPE, 29), Entry(.EROFS, 30), Entry(.EMLINK, 31), Entry(.EPIPE, 32), Entry(.EDOM, 33), Entry(.ERANGE, 34), Entry(.EDEADLK, 35),
    Entry(.ENAMETOOLONG, 36), Entry(.ENOLCK, 37), Entry(.ENOSYS, 38), Entry(.ENOTEMPTY, 39), Entry(.ELOOP, 40), Entry(.ENOMSG, 42),
    Entry(.EIDRM, 43), Entry(.ENODATA, 61), Entry(.ETIME, 62), Entry(.EPROTO, 71), Entry(.EBADMSG, 74), Entry(.EOVERFLOW, 75),
    Entry(.EILSEQ, 84), Entry(.EUSERS, 87), Entry(.ENOTSOCK, 88), Entry(.EDESTADDRREQ, 89), Entry(.EMSGSIZE, 90), Entry(.EPROTOTYPE, 91),
    Entry(.ENOPROTOOPT, 92), Entry(.EPROTONOSUPPORT, 93), Entry(.ESOCKTNOSUPPORT, 94), Entry(.EOPNOTSUPP, 95), Entry(.ENOTSUP, 95),
    Entry(.EPFNOSUPPORT, 96), Entry(.EAFNOSUPPORT, 97), Entry(.EADDRINUSE, 98), Entry(.EADDRNOTAVAIL, 99), Entry(.ENETDOWN, 100),
    Entry(.ENETUNREACH, 101), Entry(.ENETRESET, 102), Entry(.ECONNABORTED, 103), Entry(.ECONNRESET, 104), Entry(.ENOBUFS, 105),
    Entry(.EISCONN, 106), Entry(.ENOTCONN, 107), Entry(.ESHUTDOWN, 108), Entry(.ETIMEDOUT, 110), Entry(.ECONNREFUSED, 111),
    Entry(.EHOSTDOWN, 112), Entry(.EHOSTUNREACH, 113), Entry(.EALREADY, 114), Entry(.EINPROGRESS, 115), Entry(.ESTALE, 116),
    Entry(.EDQUOT, 122), Entry(.ECANCELED, 125), Entry(.EOWNERDEAD, 130), Entry(.ENOTRECOVERABLE, 131), Entry(.EWOULDBLOCK, 11),
    Entry(.EDEADLOCK, 35),
  ]
}

/// Row 0 is the dict; the others are made from the compact table.
private func errnoRow(_ index: Int, _ row: UnsafeMutablePointer<Method>) {
  if index == 0 { return row.initialize(to: Method(.errorcode, getter: errnoErrorcode)) }
  let entry = ErrnoModule.codes.span[index &- 1]
  row.initialize(to: Method(entry.name, constant: Value(smallInt: Int(entry.number))))
}

extension ModuleRow {
  static let errno = ModuleRow(.errno, isExtensible: true, rowCount: UInt8(ErrnoModule.codes.count &+ 1), row: errnoRow)
}

/// `errno.errorcode`: number → name.
private func errnoErrorcode(_ vm: VM, _ arguments: Arguments) throws(PyError) -> Value {
  let dict = try vm.newDict(capacity: ErrnoModule.codes.count)
  for index in 0..<ErrnoModule.codes.count {
    let entry = ErrnoModule.codes.span[index]
    let number = Value(smallInt: Int(entry.number))
    if try vm.dictGet(dict, number).isNull { try vm.dictSet(dict, number, Value(entry.name)) }
  }
  return Value(dict)
}
