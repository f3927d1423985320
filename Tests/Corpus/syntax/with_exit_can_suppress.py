class Quiet:
    def __enter__(self): return self
    def __exit__(self, kind, value, tb):
        print(kind is None, value)
        return True
with Quiet():
    raise ValueError("v")
print("after")
with Quiet():
    pass
for i in range(2):
    with Quiet():
        continue
def f():
    with Quiet():
        return 1
print(f())
