# What a program stores as an exception's traceback or context can't upset the next raise.
e = ValueError("text")
for wrong in (5, "text", [1, 2, 3]):
    try:
        e.__traceback__ = wrong
        print("stored")
    except TypeError as error:
        print(error)
try:
    raise e
except ValueError as caught:
    print(caught.__traceback__ is None, caught.with_traceback(None).__traceback__)

# A circle of contexts does not keep raise busy for ever.
a, b = KeyError(1), KeyError(2)
a.__context__ = b
b.__context__ = a
try:
    try:
        raise a
    except KeyError:
        raise TypeError("last")
except TypeError as caught:
    print(caught)
