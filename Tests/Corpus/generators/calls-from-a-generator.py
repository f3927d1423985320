# A generator's frame lies in its object: calls of every form from it, and exceptions through it.
class Point:
    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def moved(self, dx, *rest, **named):
        return Point(self.x + dx, self.y + len(rest) + len(named))

    @property
    def sum(self):
        return self.x + self.y

class Guard:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        print("exit", kind and kind.__name__)
        return kind is KeyError

def inner(n):
    for i in range(n):
        yield i
    return "inner done"

def all_calls(n):
    p = Point(n)
    yield p.x
    p = p.moved(1, 2, 3, k=4)
    yield p.x, p.y, p.sum
    yield p.moved(*(1, 2), **{"a": 1}).y
    yield max(n, *[1, 2, 3]), "%d" % n, sorted([n, 1], key=lambda v: -v)
    yield sum(i * n for i in inner(n))
    with Guard() as g:
        yield g.__class__.__name__
        raise KeyError(n)
    try:
        yield [Point(i).sum for i in inner(3)]
        int("x")
    except ValueError as e:
        yield "caught " + str(e)[:7]
    finally:
        yield "finally"
    result = yield from inner(2)
    yield result

for turn in range(3):
    print(*all_calls(turn + 2), sep="\n")

def countdown(n):
    if n:
        yield n
        for v in countdown(n - 1):
            yield v

for turn in range(3):
    print(sum(countdown(40)))
