def g():
    while True:
        try:
            x = yield "ready"
        except ValueError as e:
            yield "caught %s" % e
it = g()
print(next(it), it.throw(ValueError("v")), next(it))
try:
    it.throw(KeyError)
except KeyError:
    print("KeyError")
try:
    next(it)
except StopIteration:
    print("finished")
