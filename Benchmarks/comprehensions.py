"""Comprehensions, generator expressions and closures in a mix: map, filter, sorted with keys, zip, enumerate, any, all, decorators."""

import sys


def compose(*functions):
    def composed(value):
        for function in functions:
            value = function(value)
        return value

    return composed


def memoize(function):
    known = {}

    def wrapper(*args):
        if args not in known:
            known[args] = function(*args)
        return known[args]

    return wrapper


@memoize
def ways(total, largest):
    if total == 0:
        return 1
    if total < 0 or largest == 0:
        return 0
    return ways(total - largest, largest) + ways(total, largest - 1)


def adder(by):
    return lambda value: value + by


def counter():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


def tables(size):
    square = [[row * column % 10 for column in range(size)] for row in range(size)]
    turned = [list(column) for column in zip(*square)]
    same = all(a == b for a, b in zip(square, turned))
    flat = [value for row in square for value in row if value % 2]
    positions = {value: [i for i, other in enumerate(flat) if other == value] for value in set(flat)}
    return same, len(flat), sum(len(places) for places in positions.values())


def pipeline(values):
    steps = compose(adder(3), lambda v: v * 2, adder(-1), abs)
    done = [steps(v) for v in values]
    small = list(filter(lambda v: v % 5 < 3, map(lambda v: v * 7 % 101, done)))
    best = sorted(small, key=lambda v: (v % 10, -v))[:8]
    return best, max(small, key=lambda v: v % 13), any(v > 99 for v in small), sum(v for v in small if v & 1)


def groups(words):
    by_length = {}
    for word in words:
        by_length.setdefault(len(word), []).append(word)
    return {length: sorted({word[0] for word in found}) for length, found in by_length.items()}


n = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
words = "to be or not to be that is the question whether tis nobler in the mind to suffer slings and arrows".split()
step = counter()
total = 0
for turn in range(n):
    same, odd, places = tables(12)
    best, largest, huge, rest = pipeline(range(turn % 10, 120))
    total += odd + places + sum(best) + largest + rest + same + huge
    total += sum(len(initials) for initials in groups(words).values())
    total += ways(20 + turn % 40, 10)
    for by in (1, 2, 3):
        step(by)
print(total, step(), best, largest, ways(60, 10))
