// The terminal is in raw mode while a line is edited, and as the user had it otherwise: while a program runs, and however the process ends.
import Glibc

enum TerminalMode {
  /// The user's settings, and whether raw mode is on. Signal handlers read both.
  nonisolated(unsafe) private static var original = termios()
  nonisolated(unsafe) private static var isEditing = false

  /// Notes the settings and sees to it that they are restored on every way out.
  static func prepare() {
    tcgetattr(0, &original)
    atexit { TerminalMode.restore() }
    for number in [SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGTSTP] { catchSignal(number) }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      if TerminalMode.isEditing { TerminalMode.enterRawMode() }
      for number in [SIGTSTP] { TerminalMode.catchSignal(number) }
    }
    sigaction(SIGCONT, &action, nil)
  }

  /// Restores the terminal and lets the signal do what it does by itself.
  private static func catchSignal(_ number: Int32) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      TerminalMode.restore()
      signal(number, SIG_DFL)
      raise(number)
    }
    action.sa_flags = Int32(bitPattern: UInt32(SA_NODEFER))
    sigaction(number, &action, nil)
  }

  /// What the console calls before and after it reads lines.
  static func setEditing(_ wanted: Bool) {
    if wanted == isEditing { return }
    isEditing = wanted
    if wanted { enterRawMode() } else { restore() }
  }

  private static func enterRawMode() {
    var settings = original
    settings.c_iflag &= ~tcflag_t(BRKINT | ICRNL | INPCK | ISTRIP | IXON)
    settings.c_oflag &= ~tcflag_t(OPOST)
    settings.c_cflag |= tcflag_t(CS8)
    settings.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN | ISIG)
    withUnsafeMutableBytes(of: &settings.c_cc) {
      $0[Int(VMIN)] = 1
      $0[Int(VTIME)] = 0
    }
    tcsetattr(0, TCSADRAIN, &settings)
  }

  private static func restore() { tcsetattr(0, TCSADRAIN, &original) }
}
