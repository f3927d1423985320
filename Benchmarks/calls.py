"""Function calls: doubly recursive Fibonacci numbers, calls with defaults, keywords and star arguments."""

import sys


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def weigh(a, b=2, *rest, scale=1, **others):
    return (a + b * len(rest)) * scale + len(others)


def mixed(turns):
    total = 0
    for i in range(turns):
        total += weigh(i)
        total += weigh(i, 3, scale=2)
        total += weigh(i, 1, 2, 3, x=4)
    return total


n = int(sys.argv[1]) if len(sys.argv) > 1 else 32
print(fib(n), mixed(n * 4000))
