"""Generators: pipelines, recursion with yield from, send, generator expressions, iterator classes."""

import sys


def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1


def squares(source):
    for value in source:
        yield value * value


def every(source, step):
    for i, value in enumerate(source):
        if i % step == 0:
            yield value


def walk(low, high):
    if low < high:
        middle = (low + high) // 2
        yield from walk(low, middle)
        yield middle
        yield from walk(middle + 1, high)


def averager():
    total = count = 0
    while True:
        total += yield total // (count or 1)
        count += 1


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


n = int(sys.argv[1]) if len(sys.argv) > 1 else 300000
total = sum(every(squares(numbers(n)), 3))
total += sum(walk(0, n // 10))
average = averager()
next(average)
for i in range(n // 2):
    last = average.send(i)
total += sum(x for x in range(n) if x & 1) + sum(Countdown(n // 2))
print(total, last)
