def hello(self): return "hello " + self.name
A = type("A", (), {"name": "a", "hello": hello})
B = type("B", (A,), {"name": "b"})
print(A().hello(), B().hello(), A.__name__, issubclass(B, A))
