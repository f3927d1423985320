"""Closures and functions as values: captured variables, nonlocal, map and filter with lambdas, composition, decorators."""

import sys


def counter():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


def compose(*functions):
    def composed(x):
        for function in functions:
            x = function(x)
        return x

    return composed


def memoised(function):
    known = {}

    def wrapper(n):
        if n not in known:
            known[n] = function(n)
        return known[n]

    return wrapper


@memoised
def stairs(n):
    return 1 if n < 2 else stairs(n - 1) + stairs(n - 2)


def adder(n):
    return lambda x: x + n


n = int(sys.argv[1]) if len(sys.argv) > 1 else 900000
step = counter()
for i in range(n):
    step()
    step(i & 3)
pipeline = compose(adder(3), lambda x: x * 2, adder(-1))
total = 0
for i in range(n // 2):
    total += pipeline(i)
total += sum(map(lambda x: x ^ 5, filter(lambda x: x % 3, range(n))))
for i in range(n // 2):
    total += adder(i)(i) + stairs(i % 60) % 10
print(step(0), total)
