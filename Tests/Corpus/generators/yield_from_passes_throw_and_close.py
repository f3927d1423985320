def inner():
    try:
        yield 1
        yield 2
    except KeyError:
        yield "inner caught"
    finally:
        print("inner closed")
def outer():
    try:
        yield from inner()
    finally:
        print("outer closed")
it = outer()
next(it)
print(it.throw(KeyError()))
it.close()
