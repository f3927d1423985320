grid = [[r * 3 + c for c in range(3)] for r in range(3)]
grid[1][2] = "x"
print(grid, [row[0] for row in grid], list(zip(*grid)), sum([len(r) for r in grid]))
