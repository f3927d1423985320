"""Classes: inheritance over several levels, super(), properties with setters, class attributes, static and class methods, protocols."""

import sys


class Shape:
    made = 0
    sides = 0

    def __init__(self, name):
        self.name = name
        self._scale = 1
        Shape.made += 1

    @property
    def scale(self):
        return self._scale

    @scale.setter
    def scale(self, value):
        if value <= 0:
            raise ValueError("scale")
        self._scale = value

    @property
    def area(self):
        return self.base_area() * self._scale * self._scale

    def base_area(self):
        return 0

    def describe(self):
        return self.name

    def __lt__(self, other):
        return self.area < other.area

    def __len__(self):
        return self.sides


class Polygon(Shape):
    def __init__(self, name, sides):
        super().__init__(name)
        self.sides = sides

    def describe(self):
        return super().describe() + " of " + str(len(self))


class Rectangle(Polygon):
    def __init__(self, width, height):
        super().__init__("rectangle", 4)
        self.width = width
        self.height = height

    def base_area(self):
        return self.width * self.height

    @classmethod
    def square(cls, side):
        return cls(side, side)

    @staticmethod
    def fits(inner, outer):
        return inner.width <= outer.width and inner.height <= outer.height


class Named(Rectangle):
    def describe(self):
        return "<" + super().describe() + ">"


class Circle(Shape):
    def __init__(self, radius):
        super().__init__("circle")
        self.radius = radius

    def base_area(self):
        return self.radius * self.radius * 3


class Stack:
    """A container with the protocols of one."""

    def __init__(self):
        self._items = []

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self._items.clear()

    def __len__(self):
        return len(self._items)

    def __bool__(self):
        return len(self._items) > 0

    def __getitem__(self, i):
        return self._items[i]

    def __setitem__(self, i, value):
        self._items[i] = value

    def __contains__(self, value):
        return value in self._items

    def __iadd__(self, value):
        self._items.append(value)
        return self


class Counter:
    def __init__(self):
        self.total = 0

    def __call__(self, shape):
        self.total += shape.area
        return self

    def visit(self, shape):
        method = getattr(self, "visit_" + shape.name, None)
        return method(shape) if method else 0

    def visit_rectangle(self, shape):
        return shape.width

    def visit_circle(self, shape):
        return shape.radius


def work(n):
    counter = Counter()
    length = visits = larger = 0
    for i in range(n):
        shapes = (Rectangle(i % 7 + 1, 3), Rectangle.square(i % 5 + 1), Named(2, i % 3 + 1), Circle(i % 4 + 1))
        for shape in shapes:
            shape.scale = i % 3 + 1
            counter(shape)
            length += len(shape.describe())
            visits += counter.visit(shape)
        larger += shapes[0] < shapes[3]
        larger += Rectangle.fits(shapes[0], shapes[1])
        with Stack() as stack:
            for shape in shapes:
                stack += shape.scale
            stack[0] = stack[1] + stack[2]
            length += len(stack) + (3 in stack) + (1 if stack else 0)
    return counter.total, length, visits, larger, Shape.made, Shape.sides


n = int(sys.argv[1]) if len(sys.argv) > 1 else 36000
print(*work(n))
try:
    Circle(1).scale = 0
except ValueError as error:
    print(error)
