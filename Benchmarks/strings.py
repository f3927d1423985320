"""Strings: split, join, find, replace, slices, case, strip, comparison, iteration, character codes."""

import sys

TEXT = "the quick brown fox jumps over the lazy dog while five wizards vex a jumping sphinx of quartz"


def work(n):
    total = 0
    for turn in range(n):
        words = TEXT.split()
        words.sort()
        line = " ".join(words)
        total += line.find("wiz") + line.count("i") + len(line.replace("o", "00"))
        total += sum([len(w) for w in words if w.startswith("j") or w.endswith("g")])
        upper = line.upper()
        if upper.lower() == line and upper != line:
            total += 1
        vowels = 0
        for c in line:
            if c in "aeiou":
                vowels += 1
            elif c == " ":
                vowels += ord(c)
        total += vowels
        left, _, right = line.partition("jump")
        total += len(left.strip()) - len(right)
        total += len(line[3:20] + line[-7:]) + (line > TEXT) + ("  " + line).lstrip().index("q")
        total += sum(ord(c) for c in line[:10]) + len("%s-%d" % (left, turn))
        total += len("".join(reversed(words[0]))) + int(str(turn))
    return total


print(work(int(sys.argv[1]) if len(sys.argv) > 1 else 20000))
