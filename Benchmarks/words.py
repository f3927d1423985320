"""Text processing: count words, wrap and justify lines, split, join and replace, a template, a table of columns, a diff."""

import sys

TEXT = """When the morning came the river had risen over the lower fields, and nothing could be seen of the fence but the
tops of its posts. "It will fall by noon," said the old man; but it did not fall by noon, nor by evening, and on the
second day the water stood at the door of the barn. They carried the hay up to the loft, they led the cows to the hill,
they moved the stove and the table, and then there was nothing to do but sit at the window and look at the water going
by, brown and quick, with its branches and barrels and once a whole henhouse, hens and all, turning slowly as it went."""


def count_words(text):
    counts = {}
    for line in text.split("\n"):
        for word in line.lower().split():
            word = word.strip('.,;"')
            if word:
                counts[word] = counts.get(word, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def wrap(text, width):
    lines = []
    line = []
    length = 0
    for word in text.split():
        if length + len(word) + len(line) > width:
            lines.append(line)
            line = []
            length = 0
        line.append(word)
        length += len(word)
    lines.append(line)
    return lines


def justify(lines, width):
    result = []
    for words in lines[:-1]:
        gaps = len(words) - 1
        room = width - sum(len(word) for word in words)
        if gaps == 0:
            result.append(words[0])
            continue
        small, more = divmod(room, gaps)
        text = ""
        for i, word in enumerate(words[:-1]):
            text += word + " " * (small + (1 if i < more else 0))
        result.append(text + words[-1])
    result.append(" ".join(lines[-1]))
    return result


def fill(template, names):
    for name in names:
        template = template.replace("{{" + name + "}}", str(names[name]))
    return template


def columns(rows):
    widths = [max([len(row[i]) for row in rows]) for i in range(len(rows[0]))]
    return "\n".join([" | ".join([cell + " " * (width - len(cell)) for cell, width in zip(row, widths)]).rstrip() for row in rows])


def swap_case(text):
    out = []
    for c in text:
        if c.isupper():
            out.append(c.lower())
        elif c.islower():
            out.append(c.upper())
        else:
            out.append(c)
    return "".join(out)


def common(a, b):
    """Length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        diagonal = 0
        for j, y in enumerate(b):
            above = row[j + 1]
            row[j + 1] = diagonal + 1 if x == y else max(above, row[j])
            diagonal = above
    return row[-1]


n = int(sys.argv[1]) if len(sys.argv) > 1 else 500
total = 0
for turn in range(n):
    ranked = count_words(TEXT)
    width = 40 + turn % 30
    lines = justify(wrap(TEXT, width), width)
    total += len(lines) + len("\n".join(lines))
    page = fill("Dear {{name}}, you are {{age}}; {{name}}, write to {{town}}.\n" * 5, {"name": "Ada%d" % turn, "age": turn, "town": "Turin"})
    total += page.count("Ada") + page.find("Turin")
    table = columns([(word, str(count), word.upper()) for word, count in ranked[:25]])
    total += len(table) + len(swap_case(TEXT)) + TEXT.count("the")
    key, separator, rest = TEXT.partition(";")
    total += len(rest.splitlines()) if rest.startswith(" but") else 0
    total += common(lines[0], lines[1])
print(total, ranked[:4], lines[2])
