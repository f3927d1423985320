"""Dicts and sets: integer, string and tuple keys; insert, look up, delete, iterate, merge, count."""

import sys


def counting(n):
    counts = {}
    x = 1
    for _ in range(n):
        x = (x * 75 + 74) % 65537
        key = x % 997
        counts[key] = counts.get(key, 0) + 1
    return counts


def strings(n):
    names = ["name%d" % i for i in range(500)]
    table = {}
    for turn in range(n // 500):
        for name in names:
            if name in table:
                table[name] += turn
            else:
                table[name] = 1
    return sum(table.values())


def tuples(n):
    grid = {}
    for i in range(n // 4):
        grid[i % 20, i % 17] = i
    return sum(grid[key] for key in grid) + len(grid)


def churn(n):
    table = {}
    for i in range(n):
        table[i] = i
        if i >= 100:
            del table[i - 100]
    return len(table), sum(table)


def sets(n):
    seen = set()
    for i in range(n):
        seen.add(i * i % 1009)
    odd = {i for i in seen if i & 1}
    return len(seen & odd), len(seen - odd), len(seen | {2000, 2001}), len(seen ^ odd)


n = int(sys.argv[1]) if len(sys.argv) > 1 else 400000
counts = counting(n)
print(sum(k * v for k, v in counts.items()), strings(n), tuples(n), churn(n // 10), sets(n))
