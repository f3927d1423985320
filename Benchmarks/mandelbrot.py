"""Floating point in local variables: escape times of the Mandelbrot set, then the same with complex numbers."""

import sys


def escape(cr, ci, limit):
    zr = zi = 0.0
    for turn in range(limit):
        squared_r = zr * zr
        squared_i = zi * zi
        if squared_r + squared_i > 4.0:
            return turn
        zi = 2.0 * zr * zi + ci
        zr = squared_r - squared_i + cr
    return limit


def escape_complex(c, limit):
    z = 0j
    for turn in range(limit):
        if abs(z) > 2.0:
            return turn
        z = z * z + c
    return limit


n = int(sys.argv[1]) if len(sys.argv) > 1 else 340
total = 0
for row in range(n):
    for column in range(n):
        total += escape(3.0 * column / n - 2.25, 3.0 * row / n - 1.5, 60)
half = n // 3
for row in range(half):
    for column in range(half):
        total += escape_complex(complex(3.0 * column / half - 2.25, 3.0 * row / half - 1.5), 60)
print(total)
