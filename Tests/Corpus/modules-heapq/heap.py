import heapq
h = [5, 2, 8, 1]
heapq.heapify(h)
heapq.heappush(h, 0)
print([heapq.heappop(h) for _ in range(len(h))])
try:
    heapq.heappop([])
except IndexError:
    print("IndexError")
