"""A maze by depth-first search, and the shortest way through it by breadth-first search."""

WIDTH, HEIGHT = 18, 8
DIRECTIONS = ((0, -1), (1, 0), (0, 1), (-1, 0))


def generator(seed):
    """Small pseudo-random numbers, the same on every interpreter."""
    while True:
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        yield seed >> 16


def neighbours(cell):
    x, y = cell
    for dx, dy in DIRECTIONS:
        if 0 <= x + dx < WIDTH and 0 <= y + dy < HEIGHT:
            yield x + dx, y + dy


def carve(numbers):
    """Returns {cell: set of cells reachable in one step}."""
    open_to = {(x, y): set() for x in range(WIDTH) for y in range(HEIGHT)}
    path = [(0, 0)]
    while path:
        here = path[-1]
        fresh = [cell for cell in neighbours(here) if not open_to[cell] and cell != (0, 0)]
        if not fresh:
            path.pop()
            continue
        there = fresh[next(numbers) % len(fresh)]
        open_to[here].add(there)
        open_to[there].add(here)
        path.append(there)
    return open_to


def solve(open_to, start, goal):
    came_from = {start: None}
    frontier = [start]
    while goal not in came_from:
        following = []
        for cell in frontier:
            for other in sorted(open_to[cell]):
                if other not in came_from:
                    came_from[other] = cell
                    following.append(other)
        frontier = following
    way = []
    while goal is not None:
        way.append(goal)
        goal = came_from[goal]
    return way


def draw(open_to, way):
    yield "+" + "---+" * WIDTH
    for y in range(HEIGHT):
        middle, below = "|", "+"
        for x in range(WIDTH):
            mark = " * " if (x, y) in way else "   "
            middle += mark + (" " if (x + 1, y) in open_to[x, y] else "|")
            below += ("   " if (x, y + 1) in open_to[x, y] else "---") + "+"
        yield middle
        yield below


maze = carve(generator(2024))
way = solve(maze, (0, 0), (WIDTH - 1, HEIGHT - 1))
for line in draw(maze, set(way)):
    print(line)
print("the shortest way has", len(way) - 1, "steps")
