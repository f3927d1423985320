"""Sorting: the built-in sort with and without key, on several orders; then quicksort and heap sort written in Python."""
# heap: 32m

import sys


def values(n, seed):
    x = seed
    for _ in range(n):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        yield x >> 8


def quicksort(items, low, high):
    while low < high:
        pivot = items[(low + high) // 2]
        i, j = low, high
        while i <= j:
            while items[i] < pivot:
                i += 1
            while items[j] > pivot:
                j -= 1
            if i <= j:
                items[i], items[j] = items[j], items[i]
                i += 1
                j -= 1
        quicksort(items, low, j)
        low = i


def heapsort(items):
    def sift(start, end):
        root = start
        while True:
            child = 2 * root + 1
            if child > end:
                return
            if child < end and items[child] < items[child + 1]:
                child += 1
            if items[root] >= items[child]:
                return
            items[root], items[child] = items[child], items[root]
            root = child

    for start in range(len(items) // 2 - 1, -1, -1):
        sift(start, len(items) - 1)
    for end in range(len(items) - 1, 0, -1):
        items[0], items[end] = items[end], items[0]
        sift(0, end - 1)


n = int(sys.argv[1]) if len(sys.argv) > 1 else 100000
data = list(values(n, 42))
result = sorted(data)
sorted(data, reverse=True)
pairs = sorted([(v & 255, v) for v in data])
by_key = sorted(data, key=lambda v: v & 4095)
words = sorted([str(v) for v in data])
quick = list(data)
quicksort(quick, 0, n - 1)
heap = data[: n // 2]
heapsort(heap)
print(quick == result, heap == sorted(data[: n // 2]), result[0], pairs[0][0], by_key[0] & 4095, words[0])
