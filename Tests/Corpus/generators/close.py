def g():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("exit")
        raise
    finally:
        print("finally")
it = g()
next(it)
it.close()
it.close()
print(list(it))
g().close()
def stubborn():
    try:
        yield
    except GeneratorExit:
        yield
it = stubborn()
next(it)
try:
    it.close()
except RuntimeError:
    print("RuntimeError")
