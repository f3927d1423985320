"""The Mandelbrot set as text: complex numbers, and a generator of rows.

usage: mandelbrot.py [columns]
"""

import sys

SHADES = " .:-=+*#%@"
LIMIT = 80


def escape_time(c):
    """The number of steps of z = z*z + c until |z| exceeds 2, at most LIMIT."""
    z = 0j
    for step in range(LIMIT):
        z = z * z + c
        if z.real * z.real + z.imag * z.imag > 4:
            return step
    return LIMIT


def shade(steps):
    if steps == LIMIT:
        return SHADES[-1]
    return SHADES[min(steps // 2, len(SHADES) - 2)]


def rows(columns):
    """Yields the picture line by line; a character is about twice as high as wide."""
    lines = columns * 3 // 8
    for line in range(lines):
        imaginary = 1.2 - 2.4 * line / (lines - 1)
        points = (complex(-2.1 + 2.9 * column / (columns - 1), imaginary) for column in range(columns))
        yield "".join([shade(escape_time(c)) for c in points]).rstrip()


if __name__ == "__main__":
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else 72):
        print(row)
