F = type(lambda: 0)
def f(a, b=2): return a, b, x
g = F(f.__code__, {"x": 10})
print(F(f.__code__, {"x": 5}, "name", (7,))(1))
try:
    g(1)
except TypeError:
    print("no defaults")
print(g(1, 3))
def outer():
    y = 1
    def inner(): return y
    return inner
code = outer().__code__
for closure in None, (), (1,):
    try:
        F(code, {}, None, None, closure)
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
print(F(code, {}, None, None, outer().__closure__)())
for arguments in (None, {}), (f.__code__, None):
    try:
        F(*arguments)
    except TypeError as error:
        print(error)
