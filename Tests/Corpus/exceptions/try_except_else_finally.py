def f(kind):
    try:
        if kind: raise kind("x")
        print("body", end=" ")
    except ValueError as e:
        print("ValueError", e, end=" ")
    except (KeyError, IndexError):
        print("lookup", end=" ")
    else:
        print("else", end=" ")
    finally:
        print("finally")
f(None)
f(ValueError)
f(KeyError)
f(IndexError)
try:
    f(TypeError)
except TypeError:
    print("passed on")
