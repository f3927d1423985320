import io
class Slow(io.IOBase):
    def __init__(self): self.got = []
    def write(self, data):
        self.got.append(bytes(data[:2], "utf8") if isinstance(data, str) else bytes(data[:2]))
        return min(2, len(data))
s = Slow()
print("abcde", end="", file=s)
print(s.got)
class Wrong(io.IOBase):
    def write(self, data): return len(data) + 1
try:
    print("abc", file=Wrong())
except OSError as error:
    print("OSError", error.errno)
