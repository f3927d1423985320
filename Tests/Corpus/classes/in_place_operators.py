class V:
    def __init__(self): self.log = []
    def __iadd__(self, o):
        self.log.append(("iadd", o))
        return self
    def __add__(self, o): return "add"
    def __sub__(self, o): return "plain sub"
v = w = V()
v += 1
print(v is w, v.log)
v -= 1
print(v)
