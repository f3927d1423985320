class Scope:
    def __init__(self, name): self.name = name
    def __enter__(self):
        print("enter", self.name)
        return self.name
    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__)
with Scope("a") as a:
    print(a)
with Scope("b") as b, Scope("c"):
    print(b)
with Scope("d"):
    pass
try:
    with Scope("e"):
        raise KeyError
except KeyError:
    print("caught")
