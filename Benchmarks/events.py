"""Event simulation: customers, machines and repairs on a heap of timed events; the heap once of the module, once in Python."""

import heapq
import sys


class Heap:
    """A binary heap of tuples."""

    def __init__(self):
        self.items = []

    def push(self, item):
        items = self.items
        items.append(item)
        i = len(items) - 1
        while i > 0:
            parent = (i - 1) >> 1
            if items[parent] <= item:
                break
            items[i] = items[parent]
            i = parent
        items[i] = item

    def pop(self):
        items = self.items
        last = items.pop()
        if not items:
            return last
        first = items[0]
        size = len(items)
        i = 0
        child = 1
        while child < size:
            if child + 1 < size and items[child + 1] < items[child]:
                child += 1
            if last <= items[child]:
                break
            items[i] = items[child]
            i = child
            child = 2 * i + 1
        items[i] = last
        return first


class ModuleHeap:
    def __init__(self):
        self.items = []

    def push(self, item):
        heapq.heappush(self.items, item)

    def pop(self):
        return heapq.heappop(self.items)


class Simulation:
    def __init__(self, queue, servers):
        self.queue = queue
        self.now = 0
        self.number = 0
        self.seed = 12345
        self.free = list(range(servers))
        self.waiting = []
        self.served = [0] * servers
        self.waited = 0
        self.broken = 0

    def random(self, limit):
        self.seed = (self.seed * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.seed >> 8) % limit

    def at(self, delay, action, subject):
        self.number += 1
        self.queue.push((self.now + delay, self.number, action, subject))

    def arrive(self, customer):
        if self.free:
            self.begin(self.free.pop(), self.now)
        else:
            self.waiting.append(self.now)
        if customer > 0:
            self.at(1 + self.random(20), self.arrive, customer - 1)

    def begin(self, server, since):
        self.waited += self.now - since
        self.at(5 + self.random(60), self.finish, server)

    def finish(self, server):
        self.served[server] += 1
        if self.random(25) == 0:
            self.broken += 1
            self.at(100, self.repaired, server)
        else:
            self.repaired(server)

    def repaired(self, server):
        if self.waiting:
            self.begin(server, self.waiting.pop(0))
        else:
            self.free.append(server)

    def run(self):
        queue = self.queue
        steps = 0
        while queue.items:
            self.now, _, action, subject = queue.pop()
            action(subject)
            steps += 1
        return steps, self.now, self.served, self.waited, self.broken


n = int(sys.argv[1]) if len(sys.argv) > 1 else 30000
for kind in (Heap, ModuleHeap):
    simulation = Simulation(kind(), 12)
    for stream in range(3):
        simulation.at(stream, simulation.arrive, n)
    print(*simulation.run())
