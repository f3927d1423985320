"""A million objects kept alive while many more are allocated: lists, tuples and instances, a small share of which replaces old ones."""
# heap: 160m

import sys


class Node:
    def __init__(self, value):
        self.value = value


def keep(count):
    kept = [None] * count
    for i in range(count):
        if i % 3 == 0:
            kept[i] = [i]
        elif i % 3 == 1:
            kept[i] = (i, i + 1)
        else:
            kept[i] = Node(i)
    return kept


def allocate(kept, count):
    total = 0
    size = len(kept)
    for i in range(count // 4):
        a = [i, i]
        b = (a, i)
        c = [b]
        node = Node(c)
        if i % 64 == 0:
            kept[i * 7919 % size] = node
        total += node.value[0][1]
    return total


n = int(sys.argv[1]) if len(sys.argv) > 1 else 2000000
kept = keep(n // 20 if n > 4000000 else n // 4)
print(allocate(kept, n), sum(1 for item in kept if isinstance(item, Node)))
