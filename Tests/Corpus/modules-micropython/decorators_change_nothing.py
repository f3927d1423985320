import micropython
@micropython.native
def f(n):
    s = 0
    for i in range(n):
        s += i
    return s
@micropython.bytecode
def g(a, b=2): return a * b
print(f(10), g(4))
