# A property's getter that runs a generator to its end, called so often that every cache knows it.
class Table:
    def __init__(self, rows):
        self.rows = rows

    @property
    def squares(self):
        return tuple(row * row for row in self.rows)

    @property
    def total(self):
        return sum(value + extra for value in self.squares for extra in (0, 1))


def run(table, turns):
    for turn in range(turns):
        result = (turn, table.squares, table.total)
    return result


table = Table([1, 2, 3])
for turn in range(3):
    print(turn, table.squares, table.total)
print(run(table, 100))
print(run(Table(range(4)), 30))
