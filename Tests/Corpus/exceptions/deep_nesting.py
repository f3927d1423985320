def f(n):
    try:
        if n: f(n - 1)
        else: raise ValueError(n)
    except ValueError as e:
        raise ValueError(e.args[0] + 1)
try:
    f(20)
except ValueError as e:
    print(e)
