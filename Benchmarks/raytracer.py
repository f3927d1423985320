"""Spheres over a floor by ray tracing: floats in objects, operators on vectors, many short methods."""

import math
import sys


class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def unit(self):
        return self * (1.0 / math.sqrt(self.dot(self)))

    def mirrored(self, normal):
        return self - normal * (2.0 * self.dot(normal))


class Sphere:
    def __init__(self, centre, radius, shade, mirror):
        self.centre = centre
        self.radius = radius
        self.shade = shade
        self.mirror = mirror

    def distance(self, origin, direction):
        """To the nearer hit; None if the ray misses."""
        to_centre = self.centre - origin
        along = to_centre.dot(direction)
        if along < 0.0:
            return None
        square = self.radius * self.radius - (to_centre.dot(to_centre) - along * along)
        if square < 0.0:
            return None
        hit = along - math.sqrt(square)
        return hit if hit > 0.001 else None

    def normal(self, point):
        return (point - self.centre).unit()


class Floor:
    def __init__(self, height):
        self.height = height
        self.mirror = 0.0

    def distance(self, origin, direction):
        if direction.y > -0.001:
            return None
        return (self.height - origin.y) / direction.y

    def normal(self, point):
        return Vector(0.0, 1.0, 0.0)


class Scene:
    def __init__(self, things, light):
        self.things = things
        self.light = light

    def nearest(self, origin, direction):
        best = found = None
        for thing in self.things:
            distance = thing.distance(origin, direction)
            if distance is not None and (best is None or distance < best):
                best = distance
                found = thing
        return best, found

    def shade(self, origin, direction, depth):
        distance, thing = self.nearest(origin, direction)
        if thing is None:
            return 0.2 + 0.3 * max(direction.y, 0.0)
        point = origin + direction * distance
        normal = thing.normal(point)
        if isinstance(thing, Floor):
            own = 0.9 if (math.floor(point.x) + math.floor(point.z)) % 2 == 0 else 0.3
        else:
            own = thing.shade
        to_light = (self.light - point).unit()
        bright = 0.1
        if self.nearest(point, to_light)[1] is None:
            bright += 0.9 * max(to_light.dot(normal), 0.0)
        result = own * bright
        if thing.mirror > 0.0 and depth > 0:
            result += thing.mirror * self.shade(point, direction.mirrored(normal), depth - 1)
        return min(result, 1.0)


def picture(scene, width, height):
    eye = Vector(0.0, 1.0, -4.0)
    rows = []
    for row in range(height):
        line = []
        for column in range(width):
            direction = Vector((column - width / 2) / width * 2.0, (height / 2 - row) / height * 1.5, 2.0).unit()
            line.append(" .:-=+*#%@"[int(scene.shade(eye, direction, 2) * 9.0)])
        rows.append("".join(line))
    return rows


n = int(sys.argv[1]) if len(sys.argv) > 1 else 160
things = [
    Sphere(Vector(0.0, 1.0, 1.0), 1.0, 0.7, 0.3),
    Sphere(Vector(-1.7, 0.6, 0.5), 0.6, 0.5, 0.2),
    Sphere(Vector(1.5, 0.5, -0.3), 0.5, 0.9, 0.1),
    Floor(0.0),
]
rows = picture(Scene(things, Vector(-4.0, 6.0, -3.0)), 2 * n, n)
print("\n".join([rows[i] for i in range(0, n, 10)]))
print(sum([row.count("#") for row in rows]), sum([row.count(" ") for row in rows]))
