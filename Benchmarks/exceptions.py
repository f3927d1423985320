"""Exceptions: raise and catch at several depths, finally, with, own classes, StopIteration, KeyError, a try that costs nothing."""

import sys


class Problem(Exception):
    def __init__(self, code):
        super().__init__("problem")
        self.code = code


class Rare(Problem):
    pass


class Scope:
    depth = 0

    def __enter__(self):
        Scope.depth += 1
        return self

    def __exit__(self, kind, value, traceback):
        Scope.depth -= 1
        return kind is KeyError


def deep(level, code):
    if level == 0:
        raise (Rare if code % 5 == 0 else Problem)(code)
    return deep(level - 1, code)


def work(n):
    total = 0
    table = {"a": 1}
    for i in range(n):
        try:
            deep(i % 6, i)
        except Rare as error:
            total += error.code * 2
        except Problem as error:
            total += error.code
        finally:
            total += 1
        try:
            total += table["b"]
        except KeyError:
            total += 3
        with Scope():
            total += table["a"]
            if i & 1:
                table["missing"]
        for j in range(6):
            try:
                total += j
            except ValueError:
                total = 0
        try:
            int("x1")
        except (TypeError, ValueError):
            total += 1
    return total, Scope.depth


print(*work(int(sys.argv[1]) if len(sys.argv) > 1 else 200000))
