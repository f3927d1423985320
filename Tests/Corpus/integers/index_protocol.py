class I:
    def __index__(self): return 2
print([10, 20, 30][I()], "abc"[I()], list(range(I())), hex(I()), [1, 2, 3][:I()])
