"""Allocation with a large live heap: a million objects are kept while many short-lived binary trees come and go."""
# heap: 128m

import sys


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def count(self):
        return 1 if self.left is None else 1 + self.left.count() + self.right.count()


def grow(depth):
    if depth == 0:
        return Node(None, None)
    return Node(grow(depth - 1), grow(depth - 1))


n = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000
live = None
kept = []
for i in range(n // 200):
    kept.append([(i, j) for j in range(199)])
total = 0
for turn in range(max(n // 4000, 1)):
    total += grow(10).count()
print(sum(len(block) for block in kept), kept[-1][-1], total)
