import sys, io
out = io.StringIO()
before = sys.stdout
sys.stdout = out
print("captured", 1)
print("too", end="")
sys.stdout = before
print(repr(out.getvalue()))
class Writer:
    def write(self, text): parts.append(text)
parts = []
sys.stdout = Writer()
print("a", 2)
sys.stdout = before
print("".join(parts) == "a 2\n")
