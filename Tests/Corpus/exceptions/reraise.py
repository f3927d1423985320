def f():
    try:
        raise ValueError("first")
    except ValueError:
        print("log")
        raise
try:
    f()
except ValueError as e:
    print(e)
try:
    raise
except RuntimeError:
    print("RuntimeError")
