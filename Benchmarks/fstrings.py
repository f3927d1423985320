"""Text built with f-strings: a page of HTML, rows of CSV, log lines, names with numbers in them."""

import sys


class Item:
    def __init__(self, number, name, price):
        self.number = number
        self.name = name
        self.price = price

    def __str__(self):
        return f"{self.name}#{self.number}"

    def __repr__(self):
        return f"Item({self.number}, {self.name!r}, {self.price})"


def page(items):
    parts = ["<table>"]
    for item in items:
        style = "even" if item.number % 2 == 0 else "odd"
        parts.append(f'<tr class="{style}"><td>{item.number}</td><td>{item.name}</td><td>{item.price:.2f}</td></tr>')
    parts.append("</table>")
    return "\n".join(parts)


def rows(items):
    text = ""
    for item in items:
        text += f"{item.number},{item.name},{item.price:8.2f},{item.number * 3}\n"
    return text


def log(items):
    lines = []
    for item in items:
        minute, second = divmod(item.number * 7, 60)
        lines.append(f"{minute % 24:02d}:{second:02d} [{item.name:<8}] {item} costs {item.price:>9.1f} ({item.number:04x})")
    return lines


def names(n):
    table = {}
    for i in range(n):
        table[f"key_{i % 50}_{i % 7}"] = f"{i}"
    return len(table), table[f"key_{n % 50 - 1}_{(n - 1) % 7}"] if n % 50 else ""


n = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
items = [Item(i, "thing" + "abcdefg"[i % 7], i * 1.5) for i in range(40)]
size = 0
for turn in range(n):
    size += len(page(items)) + len(rows(items))
    lines = log(items)
    size += sum(len(line) for line in lines) + names(30)[0]
print(size, lines[17], repr(items[3]), names(99)[1])
