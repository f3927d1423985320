"""Backtracking: n queens with lists, with bit masks and with a generator."""

import sys


def with_lists(n):
    columns = [False] * n
    rising = [False] * (2 * n)
    falling = [False] * (2 * n)

    def place(row):
        if row == n:
            return 1
        found = 0
        for column in range(n):
            if not (columns[column] or rising[row + column] or falling[row - column + n]):
                columns[column] = rising[row + column] = falling[row - column + n] = True
                found += place(row + 1)
                columns[column] = rising[row + column] = falling[row - column + n] = False
        return found

    return place(0)


def with_masks(full, columns, rising, falling):
    if columns == full:
        return 1
    found = 0
    free = full & ~(columns | rising | falling)
    while free:
        bit = free & -free
        free ^= bit
        found += with_masks(full, columns | bit, (rising | bit) << 1, (falling | bit) >> 1)
    return found


def boards(n, placed=()):
    row = len(placed)
    if row == n:
        yield placed
        return
    for column in range(n):
        if all(column != c and abs(column - c) != row - r for r, c in enumerate(placed)):
            yield from boards(n, placed + (column,))


n = int(sys.argv[1]) if len(sys.argv) > 1 else 10
first = None
count = 0
for board in boards(n):
    first = first or board
    count += 1
print(with_lists(n), with_masks((1 << n) - 1, 0, 0, 0), count, first)
