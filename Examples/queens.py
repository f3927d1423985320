"""The eight queens, as a generator that backtracks by itself: each solution is asked for when it is wanted."""


def queens(size, placed=()):
    """Yields every placement of the remaining queens as a tuple of columns, one a row."""
    row = len(placed)
    if row == size:
        yield placed
        return
    for column in range(size):
        if all(column != other and abs(column - other) != row - line for line, other in enumerate(placed)):
            yield from queens(size, placed + (column,))


def draw(placed):
    for column in placed:
        print(" ".join(["Q" if column == other else "." for other in range(len(placed))]))


def symmetries(placed):
    """The eight rotations and reflections of a placement."""
    size = len(placed)
    for _ in range(4):
        yield placed
        yield tuple(reversed(placed))
        turned = [0] * size
        for row, column in enumerate(placed):
            turned[column] = size - 1 - row
        placed = tuple(turned)


def distinct(solutions):
    """Drops every solution that is a turned or mirrored earlier one."""
    seen = set()
    for placed in solutions:
        if placed not in seen:
            seen.update(symmetries(placed))
            yield placed


solutions = queens(8)
print("the first of them:")
draw(next(solutions))
print("and", sum(1 for _ in solutions), "more")
for size in range(1, 8):
    print(size, "queens:", len(list(queens(size))), "solutions,", len(list(distinct(queens(size)))), "distinct")
