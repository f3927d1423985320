"""Tuples, unpacking and recursion: permutations in order, pancake flips, Collatz lengths, an integer square root."""

import sys


def permutations(items):
    if len(items) < 2:
        yield items
        return
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1 :]):
            yield (item,) + rest


def flips(order):
    count = 0
    order = list(order)
    first = order[0]
    while first:
        order[: first + 1] = [order[i] for i in range(first, -1, -1)]
        first = order[0]
        count += 1
    return count


def collatz(limit):
    lengths = {1: 1}
    best = (1, 1)
    for start in range(2, limit):
        n, steps = start, 0
        while n not in lengths:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        lengths[start] = length = steps + lengths[n]
        if length > best[0]:
            best = (length, start)
    return best


n = int(sys.argv[1]) if len(sys.argv) > 1 else 8
count = most = 0
for order in permutations(tuple(range(n))):
    count += 1
    a, b, *rest = order
    if a > b:
        most = max(most, flips(order))
print(count, most, collatz(1000 * n))
