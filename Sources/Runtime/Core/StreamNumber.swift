// How the engine names the streams of a port in `Port.write`, and what `Port.read` answers.

/// Numbers of streams.
public enum StreamNumber {
  public static var output: Int { 1 }
  public static var error: Int { 2 }
  /// Added to the above: bytes that go out as they are. Without it the port writes line ends as its terminal wants them.
  public static var raw: Int { 4 }
}

/// Answers of `Port.read` that are not errors of the stream.
public enum StreamError {
  /// Nothing was read because something else wants attention (EINTR): look at the pending word and try again.
  public static var interrupted: Int { -4 }
}
