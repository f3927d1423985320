# `finally` runs on every way out of a loop and a function, warm or not.
def ways(n, log):
    for i in range(n):
        try:
            if i % 5 == 1:
                continue
            try:
                if i % 5 == 2:
                    raise ValueError(i)
                if i == n - 1:
                    return i
                if i % 7 == 6:
                    break
            except ValueError as error:
                log.append(error.args[0])
            finally:
                log.append(-i)
        finally:
            log.append("f")
    else:
        log.append("else")
    return None


def managed(n):
    out = []
    for i in range(n):
        with Manager(out):
            if i % 3 == 0:
                continue
            if i == 40:
                break
            if i % 3 == 2:
                with Manager(out):
                    raise KeyError(i)
    return out


class Manager:
    def __init__(self, out):
        self.out = out

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        self.out.append(kind and (kind.__name__, value.args))
        return kind is KeyError


def swallowed(n):
    total = 0
    for i in range(n):
        try:
            total += i
            return total
        finally:
            if i < n - 1:
                continue
    return total


for size in (1, 2, 6, 30):
    log = []
    print(ways(size, log), log)
print(managed(45))
print(swallowed(40))


def generator(n):
    for i in range(n):
        try:
            got = yield i
            if got:
                return got
        finally:
            print("closed", i, end="; ")


for i in range(4):
    g = generator(30)
    print(next(g), next(g), end=" ")
    if i & 1:
        g.close()
    else:
        try:
            g.send("x")
        except StopIteration as stop:
            print(stop.value)
print(list(generator(3)))
