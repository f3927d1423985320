def f(a, b): return a
def none(): pass
for g in (lambda: f(), lambda: f(1), lambda: f(1, 2, 3), lambda: f(1, a=2), lambda: f(1, 2, c=3), lambda: f(a=1), lambda: none(1), lambda: f(*1), lambda: f(**[1]), lambda: f(1, **{"a": 1}), lambda: f(**{1: 2}), lambda: 5(), lambda: "a"(), lambda: None()):
    try:
        g()
        print("no error")
    except TypeError:
        print("TypeError")
