# Operations that go down into nested values raise RecursionError when there is no end, however the values are made.
def nested(wrap, start):
    for _ in range(300000):
        start = wrap(start)
    return start

def catch(kinds):
    try:
        raise KeyError
    except kinds:
        pass

slices = nested(lambda x: slice(x), None)
tuples = nested(lambda x: (x,), ())
for operation, value in ((hash, slices), (hash, tuples), (repr, slices), (catch, tuples), (lambda x: isinstance(1, x), tuples)):
    try:
        operation(value)
        print("no error")
    except RecursionError:
        print("RecursionError")
