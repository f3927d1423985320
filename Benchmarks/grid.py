"""Dicts and sets with pairs of small integers as keys: a maze, shortest ways, a board without edges, a sparse matrix."""

import sys

STEPS = ((1, 0), (-1, 0), (0, 1), (0, -1))


def maze(width, height):
    walls = set()
    seed = 7
    for y in range(height):
        for x in range(width):
            seed = (seed * 75 + 74) % 65537
            if seed % 10 < 3:
                walls.add((x, y))
    walls.discard((0, 0))
    return walls


def distances(walls, width, height):
    """Steps from the corner to each place that can be reached."""
    distance = {(0, 0): 0}
    edge = [(0, 0)]
    while edge:
        following = []
        for x, y in edge:
            d = distance[x, y] + 1
            for dx, dy in STEPS:
                place = (x + dx, y + dy)
                if 0 <= place[0] < width and 0 <= place[1] < height and place not in walls and place not in distance:
                    distance[place] = d
                    following.append(place)
        edge = following
    return distance


def generation(living):
    counts = {}
    for x, y in living:
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                if dx or dy:
                    place = (x + dx, y + dy)
                    counts[place] = counts.get(place, 0) + 1
    return {place for place, count in counts.items() if count == 3 or count == 2 and place in living}


def multiply(a, b):
    rows = {}
    for i, j in b:
        rows.setdefault(i, []).append(j)
    result = {}
    for i, k in a:
        value = a[i, k]
        for j in rows.get(k, ()):
            result[i, j] = result.get((i, j), 0) + value * b[k, j]
    return result


n = int(sys.argv[1]) if len(sys.argv) > 1 else 300
width = height = 24
total = 0
living = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)} | {(20 + i, 20) for i in range(10)} | {(-30, -i) for i in range(5)}
matrix = {(i, (i * k + 3) % 20): i - k for i in range(20) for k in range(1, 4)}
for turn in range(n):
    walls = maze(width, height)
    found = distances(walls, width, height)
    total += len(found) + max(found.values())
    for _ in range(4):
        living = generation(living)
    product = multiply(matrix, matrix)
    total += len(product) + sum(product.values())
print(total, len(living), min(living), max(living), len(walls))
