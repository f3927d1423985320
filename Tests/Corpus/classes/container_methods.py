class C:
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __len__(self): return len(self.d)
    def __contains__(self, k): return k in self.d
    def __iter__(self): return iter(sorted(self.d))
c = C()
c["b"] = 1
c["a"] = 2
print(c["b"], len(c), "a" in c, "z" in c, list(c), bool(c), bool(C()))
del c["a"]
print(list(c))
