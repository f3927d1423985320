"""Objects: attribute reads and writes, methods, bound methods, inheritance, super(), properties, operators."""

import sys


class Point:
    count = 0

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def norm(self):
        return abs(self.x) + abs(self.y)

    def move(self, dx, dy):
        self.x += dx
        self.y += dy
        return self


class Weighted(Point):
    def __init__(self, x, y, weight):
        super().__init__(x, y)
        self.weight = weight

    def norm(self):
        return super().norm() * self.weight

    @property
    def double(self):
        return self.weight * 2

    @staticmethod
    def clamp(value):
        return value if value < 1000 else 1000

    @classmethod
    def counted(cls):
        cls.count += 1
        return cls.count


def work(n):
    total = 0
    p = Point(1, 2)
    w = Weighted(3, 4, 2)
    norm = w.norm
    for i in range(n):
        p.move(1, -1)
        total += p.norm() + norm() + w.double
        total += Weighted.clamp(i) + Weighted.counted()
        q = p + Point(i, i)
        if q == p:
            total += 1
        q.extra = i
        total += q.extra + Point.count
    return total


print(work(int(sys.argv[1]) if len(sys.argv) > 1 else 300000))
