"""Loops and small integers: while, for over range, nested loops, break and continue, arithmetic of every kind."""

import sys


def count(n):
    total = i = 0
    while i < n:
        total += i
        i += 1
    return total


def nested(n):
    hits = 0
    for i in range(n):
        for j in range(n):
            if (i ^ j) & 3 == 0:
                hits += 1
            elif j > i + 200:
                break
            else:
                continue
    return hits


def mix(n):
    x = 12345
    for i in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        x ^= x >> 7
        if x % 3 == 0:
            x = x // 3 + i
        elif x % 5 == 0:
            x = x - (i << 2)
    return x


n = int(sys.argv[1]) if len(sys.argv) > 1 else 10000000
print(count(n), nested(n // 4000), mix(n // 4))
