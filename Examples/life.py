"""Conway's game of life: a universe without edges is just the set of its living cells."""

GLIDER_GUN = """
........................O...........
......................O.O...........
............OO......OO............OO
...........O...O....OO............OO
OO........O.....O...OO..............
OO........O...O.OO....O.O...........
..........O.....O.......O...........
...........O...O....................
............OO......................
"""


class Universe:
    def __init__(self, picture):
        self.generation = 0
        self.alive = set()
        for y, line in enumerate(picture.strip().split("\n")):
            for x, mark in enumerate(line):
                if mark == "O":
                    self.alive.add((x, y))

    def step(self):
        """A cell lives next if three neighbours live now, or two and it lives itself."""
        counts = {}
        for x, y in self.alive:
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    if dx or dy:
                        cell = (x + dx, y + dy)
                        counts[cell] = counts.get(cell, 0) + 1
        self.alive = {cell for cell, count in counts.items() if count == 3 or count == 2 and cell in self.alive}
        self.generation += 1

    def picture(self, width, height):
        for y in range(height):
            yield "".join(["O" if (x, y) in self.alive else "." for x in range(width)])


universe = Universe(GLIDER_GUN)
for _ in range(4):
    print("generation", universe.generation, "population", len(universe.alive))
    for line in universe.picture(44, 18):
        print(line)
    for _ in range(15):
        universe.step()
