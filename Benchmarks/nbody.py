"""Floating point with attributes: five bodies under gravity, leapfrog steps."""

import sys


class Body:
    def __init__(self, mass, x, y, z, vx, vy, vz):
        self.mass = mass
        self.x, self.y, self.z = x, y, z
        self.vx, self.vy, self.vz = vx, vy, vz


def system():
    return [
        Body(1000.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        Body(1.0, 10.0, 0.0, 0.0, 0.0, 10.0, 0.5),
        Body(2.0, 0.0, 20.0, 1.0, -7.0, 0.0, 0.0),
        Body(0.5, -30.0, 0.0, 2.0, 0.0, -5.8, 0.1),
        Body(0.1, 0.0, -45.0, -3.0, 4.7, 0.0, 0.2),
    ]


def advance(bodies, pairs, dt):
    for a, b in pairs:
        dx = a.x - b.x
        dy = a.y - b.y
        dz = a.z - b.z
        squared = dx * dx + dy * dy + dz * dz
        factor = dt / (squared * squared**0.5)
        pull = b.mass * factor
        a.vx -= dx * pull
        a.vy -= dy * pull
        a.vz -= dz * pull
        pull = a.mass * factor
        b.vx += dx * pull
        b.vy += dy * pull
        b.vz += dz * pull
    for body in bodies:
        body.x += dt * body.vx
        body.y += dt * body.vy
        body.z += dt * body.vz


def energy(bodies, pairs):
    total = sum(0.5 * b.mass * (b.vx * b.vx + b.vy * b.vy + b.vz * b.vz) for b in bodies)
    for a, b in pairs:
        dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
        total -= a.mass * b.mass / (dx * dx + dy * dy + dz * dz) ** 0.5
    return total


n = int(sys.argv[1]) if len(sys.argv) > 1 else 28000
bodies = system()
pairs = [(bodies[i], bodies[j]) for i in range(5) for j in range(i + 1, 5)]
before = energy(bodies, pairs)
for _ in range(n):
    advance(bodies, pairs, 0.001)
print("%.6f %.6f" % (before, energy(bodies, pairs)))
