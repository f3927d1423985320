"""Regular expressions in Python: a compiler to small programs, a matcher by threads and one by backtracking."""

import sys

CHAR, ANY, CLASS, SPLIT, JUMP, SAVE, START, END, MATCH = range(9)


class Compiler:
    def __init__(self, pattern):
        self.pattern = pattern
        self.i = 0
        self.groups = 1
        code = self.alternatives()
        self.code = [(SAVE, 0, None)] + shift(code, 1) + [(SAVE, 1, None), (MATCH, 0, None)]

    def peek(self):
        return self.pattern[self.i] if self.i < len(self.pattern) else ""

    def alternatives(self):
        left = self.sequence()
        while self.peek() == "|":
            self.i += 1
            right = self.sequence()
            left = [(SPLIT, 1, len(left) + 2)] + shift(left, 1) + [(JUMP, len(left) + len(right) + 2, None)] + shift(right, len(left) + 2)
        return left

    def sequence(self):
        code = []
        while self.peek() not in ("", "|", ")"):
            code += shift(self.repeat(), len(code))
        return code

    def repeat(self):
        item = self.item()
        size = len(item)
        while self.peek() in ("*", "+", "?") and self.peek():
            c = self.peek()
            self.i += 1
            if c == "*":
                item = [(SPLIT, 1, size + 2)] + shift(item, 1) + [(JUMP, 0, None)]
            elif c == "+":
                item = item + [(SPLIT, 0, size + 1)]
            else:
                item = [(SPLIT, 1, size + 1)] + shift(item, 1)
            size = len(item)
        return item

    def item(self):
        c = self.peek()
        self.i += 1
        if c == "(":
            group = self.groups
            self.groups += 1
            inner = self.alternatives()
            self.i += 1
            return [(SAVE, 2 * group, None)] + shift(inner, 1) + [(SAVE, 2 * group + 1, None)]
        if c == "[":
            return [self.character_class()]
        if c == ".":
            return [(ANY, 0, None)]
        if c == "^":
            return [(START, 0, None)]
        if c == "$":
            return [(END, 0, None)]
        if c == "\\":
            c = self.peek()
            self.i += 1
            if c == "d":
                return [(CLASS, False, "0123456789")]
            if c == "w":
                return [(CLASS, False, "abcdefghijklmnopqrstuvwxyz0123456789_")]
            if c == "s":
                return [(CLASS, False, " \t\n")]
        return [(CHAR, c, None)]

    def character_class(self):
        negated = self.peek() == "^"
        if negated:
            self.i += 1
        members = ""
        while self.peek() != "]":
            c = self.peek()
            self.i += 1
            if self.peek() == "-" and self.pattern[self.i + 1] != "]":
                last = self.pattern[self.i + 1]
                self.i += 2
                members += "".join(chr(k) for k in range(ord(c), ord(last) + 1))
            else:
                members += c
        self.i += 1
        return (CLASS, negated, members)


def shift(code, by):
    """The same code for another place: targets of jumps move along."""
    result = []
    for op, a, b in code:
        if op == SPLIT:
            result.append((op, a + by, b + by))
        elif op == JUMP:
            result.append((op, a + by, None))
        else:
            result.append((op, a, b))
    return result


def add_thread(code, threads, seen, pc, position, length):
    while True:
        if pc in seen:
            return
        seen.add(pc)
        op, a, b = code[pc]
        if op == JUMP:
            pc = a
        elif op == SPLIT:
            add_thread(code, threads, seen, a, position, length)
            pc = b
        elif op == SAVE:
            pc += 1
        elif op == START:
            if position:
                return
            pc += 1
        elif op == END:
            if position < length:
                return
            pc += 1
        else:
            threads.append(pc)
            return


def search(code, text):
    """Whether the program matches somewhere in the text: all threads advance together."""
    threads = []
    length = len(text)
    for position in range(length + 1):
        seen = set()
        current = []
        for pc in threads:
            add_thread(code, current, seen, pc, position, length)
        add_thread(code, current, seen, 0, position, length)
        c = text[position] if position < length else ""
        threads = []
        for pc in current:
            op, a, b = code[pc]
            if op == MATCH:
                return True
            if c and (op == ANY or op == CHAR and a == c or op == CLASS and (c in b) is not a):
                threads.append(pc + 1)
    return False


def backtrack(code, text, pc, position, saved):
    """Position after the match, -1 if there is none; group limits go to saved."""
    length = len(text)
    while True:
        op, a, b = code[pc]
        if op == CHAR:
            if position >= length or text[position] != a:
                return -1
            position += 1
        elif op == CLASS:
            if position >= length or (text[position] in b) is a:
                return -1
            position += 1
        elif op == ANY:
            if position >= length:
                return -1
            position += 1
        elif op == SPLIT:
            end = backtrack(code, text, a, position, saved)
            if end >= 0:
                return end
            pc = b
            continue
        elif op == JUMP:
            pc = a
            continue
        elif op == SAVE:
            old = saved[a]
            saved[a] = position
            end = backtrack(code, text, pc + 1, position, saved)
            if end < 0:
                saved[a] = old
            return end
        elif op == START:
            if position:
                return -1
        elif op == END:
            if position < length:
                return -1
        else:
            return position
        pc += 1


LINES = [
    "2024-03-17 12:45:09 info server started on port 8080",
    "2024-03-17 12:45:10 warning disk usage at 91.5 percent",
    "user john.smith_7@example.com logged in from 192.168.10.44",
    "GET /static/app.js?version=12 200 15344",
    "abababababababab",
    "x = foo(bar, baz) + 42 * 0x1f",
    "the quick brown fox jumps over the lazy dog",
]
PATTERNS = [
    r"^\d+-\d+-\d+ \d\d:\d\d:\d\d (info|warning)",
    r"\w+@\w+\.(com|org|net)",
    r"(\d+)\.(\d+)\.(\d+)\.(\d+)",
    r"[^ ]+ /([a-z]+/)*[a-z.]+",
    r"(ab)*$",
    r"[a-z]+\([a-z, ]*\)",
    r"q[a-z]*k .*fo?x",
]

n = int(sys.argv[1]) if len(sys.argv) > 1 else 130
found = matched = 0
for turn in range(n):
    groups = []
    for pattern in PATTERNS:
        program = Compiler(pattern)
        code = program.code
        for line in LINES:
            found += search(code, line)
            for start in range(len(line)):
                saved = [-1] * (2 * program.groups)
                end = backtrack(code, line, 0, start, saved)
                if end > start:
                    matched += 1
                    groups.append((start, end, saved))
                    break
print(found, matched, groups[0], groups[-1])
