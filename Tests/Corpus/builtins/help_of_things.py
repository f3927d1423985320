class A:
    x = 1
    def f(self): pass
def text(*arguments):
    import io, sys
    out = io.StringIO()
    before = sys.stdout
    sys.stdout = out
    help(*arguments)
    sys.stdout = before
    return out.getvalue()
print(text().split(",")[0])
lines = text(A()).split("\n")
print([l for l in lines if "x --" in l], any("f -- <function f" in l for l in lines), " is of type A" in lines[0])
print(text(1).split("\n")[0], "from_bytes -- <classmethod>" in text(int))
import math
print(text(math).split("\n")[:2], "sin -- <function>" in text(math))
modules = text("modules")
print("micropython" in modules, modules.split("\n")[-2])
