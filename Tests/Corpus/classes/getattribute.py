class A:
    x = 1
    def __getattribute__(self, name): return "all " + name
print(A().x, A().nothing)
