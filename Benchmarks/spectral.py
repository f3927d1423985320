"""Floating point and calls: the spectral norm of an infinite matrix, by the power method."""

import sys


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(vector):
    size = len(vector)
    return [sum([element(i, j) * vector[j] for j in range(size)]) for i in range(size)]


def times_transposed(vector):
    size = len(vector)
    result = []
    for i in range(size):
        total = 0.0
        for j in range(size):
            total += element(j, i) * vector[j]
        result.append(total)
    return result


n = int(sys.argv[1]) if len(sys.argv) > 1 else 240
u = [1.0] * n
for _ in range(8):
    v = times_transposed(times(u))
    u = times_transposed(times(v))
upper = sum(a * b for a, b in zip(u, v))
lower = sum(b * b for b in v)
print("%.9f" % (upper / lower) ** 0.5)
