# The streams of bytes below the standard streams are FileIO objects, those of text TextIOWrapper.
import sys

for stream in (sys.stdin, sys.stdout, sys.stderr):
    print(type(stream).__name__, type(stream.buffer).__name__)
print(sys.stdout.buffer.write(b"bytes\n"))
