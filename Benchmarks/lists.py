"""Lists: append, pop, index, slices, comprehension, reverse, membership, insertion, stack and queue use."""

import sys


def rotate(items, turns):
    for _ in range(turns):
        items.append(items.pop(0))
    return items


def work(n):
    total = 0
    for turn in range(n):
        items = [i * 3 % 101 for i in range(300)]
        items.append(turn)
        items.extend(items[10:40])
        items.insert(5, -1)
        for i in range(len(items) - 1):
            if items[i] > items[i + 1]:
                items[i], items[i + 1] = items[i + 1], items[i]
        items.reverse()
        del items[20:30]
        items[3:6] = [7, 8, 9, 10]
        rotate(items, 20)
        total += items.index(-1) + items.count(7) + (500 in items)
        stack = []
        for value in items:
            if value & 1:
                stack.append(value)
            elif stack:
                total += stack.pop()
        total += sum(stack) + max(items) + len(items + stack) + len(stack * 2)
        total += len([a for a, b in zip(items, stack) if a == b])
    return total


print(work(int(sys.argv[1]) if len(sys.argv) > 1 else 7000))
