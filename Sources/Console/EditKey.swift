// Which bytes mean which edit: control characters as in emacs, and the sequences that terminals send for arrows and their neighbours.

/// An edit of the line.
enum EditKey: UInt8 {
  case none, left, right, home, end, wordLeft, wordRight, backspace, deleteForward, killToEnd, killToStart, killWordLeft, killWordRight
  case historyBack, historyForward
}

/// The edit that a control character asks for.
func controlKey(_ byte: UInt8) -> EditKey {
  switch byte {
  case Key.controlA: .home
  case Key.controlB: .left
  case Key.controlD: .deleteForward
  case Key.controlE: .end
  case Key.controlF: .right
  case Key.backspace, Key.delete: .backspace
  case Key.controlK: .killToEnd
  case Key.controlN: .historyForward
  case Key.controlP: .historyBack
  case Key.controlU: .killToStart
  case Key.controlW: .killWordLeft
  default: .none
  }
}

/// An escape sequence that is under way: ESC and a letter, ESC O and a letter, or ESC [ with parameters and a last byte.
struct KeySequence {
  private enum State: UInt8 { case idle, escape, singleShift, control }
  private var state = State.idle
  /// The first two parameters.
  private var first = 0
  private var second = 0
  private var isSecond = false

  init() {}

  var isUnderway: Bool { state != .idle }

  mutating func begin() {
    self = KeySequence()
    state = .escape
  }

  /// The edit once the sequence is whole; nil while it goes on.
  mutating func take(_ byte: UInt8) -> EditKey? {
    switch state {
    case .escape:
      if byte == 0x5b || byte == 0x4f {
        state = byte == 0x5b ? .control : .singleShift
        return nil
      }
      state = byte == Key.escape ? .escape : .idle
      return byte == Key.escape ? nil : escaped(byte)
    case .control where byte >= 0x20 && byte < 0x40:
      parameter(byte)
      return nil
    default:
      state = .idle
      return final(byte)
    }
  }

  private mutating func parameter(_ byte: UInt8) {
    if byte == 0x3b {
      isSecond = true
    } else if byte >= 0x30 && byte <= 0x39 {
      let digit = Int(byte &- 0x30)
      if isSecond { second = (second &* 10 &+ digit) & 0xff } else { first = (first &* 10 &+ digit) & 0xff }
    }
  }

  private func escaped(_ byte: UInt8) -> EditKey {
    switch byte {
    case 0x62: .wordLeft
    case 0x66: .wordRight
    case 0x64: .killWordRight
    case Key.delete, Key.backspace: .killWordLeft
    default: .none
    }
  }

  private func final(_ byte: UInt8) -> EditKey {
    // A second parameter of 5 is the control key, 3 the one for alternatives.
    let isWord = second == 5 || second == 3
    switch byte {
    case 0x41: return .historyBack
    case 0x42: return .historyForward
    case 0x43: return isWord ? .wordRight : .right
    case 0x44: return isWord ? .wordLeft : .left
    case 0x48: return .home
    case 0x46: return .end
    case 0x7e: break
    default: return .none
    }
    switch first {
    case 1, 7: return .home
    case 4, 8: return .end
    case 3: return isWord ? .killWordRight : .deleteForward
    default: return .none
    }
  }
}
