"""Allocation with a small live heap: many short-lived tuples, lists, strings, floats and objects."""

import sys


class Cell:
    def __init__(self, value, following):
        self.value = value
        self.following = following


def chain(length):
    cell = None
    for i in range(length):
        cell = Cell(i, cell)
    return cell


def total_of(cell):
    total = 0
    while cell:
        total += cell.value
        cell = cell.following
    return total


def work(n):
    total = 0
    recent = [None] * 64
    for i in range(n):
        pair = (i, i + 1)
        box = [pair, pair]
        recent[i & 63] = box
        total += len("item" + str(i)) + box[1][0]
        record = {"id": i, "next": pair}
        total += record["id"]
        if i % 50 == 0:
            total += total_of(chain(40))
    return total


print(work(int(sys.argv[1]) if len(sys.argv) > 1 else 400000))
