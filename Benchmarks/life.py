"""Conway's game of life on sets of tuples, with counts in a dict."""

import sys

NEIGHBOURS = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy]


def step(alive):
    counts = {}
    for x, y in alive:
        for dx, dy in NEIGHBOURS:
            cell = (x + dx, y + dy)
            counts[cell] = counts.get(cell, 0) + 1
    return {cell for cell, count in counts.items() if count == 3 or (count == 2 and cell in alive)}


n = int(sys.argv[1]) if len(sys.argv) > 1 else 130
alive = {(1, 0), (2, 0), (0, 1), (1, 1), (1, 2)}  # the R-pentomino
peak = 0
for _ in range(n):
    alive = step(alive)
    peak = max(peak, len(alive))
print(len(alive), peak, sum(x * 31 + y for x, y in alive))
