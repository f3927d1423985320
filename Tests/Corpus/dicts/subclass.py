class D(dict):
    def total(self): return sum(self.values())
d = D({"a": 1})
d["b"] = 5
print(d.total(), len(d), d == {"a": 1, "b": 5}, isinstance(d, dict), sorted(d), list(d.items()))
