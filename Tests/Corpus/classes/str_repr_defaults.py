class A: pass
print(repr(A()).startswith("<"), "A object at" in repr(A()), str(A).startswith("<class"))
