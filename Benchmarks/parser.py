"""A tokenizer and a recursive parser for JSON-like text, and the writer that goes back."""

import sys


class Parser:
    def __init__(self, text):
        self.text = text
        self.position = 0

    def skip(self):
        text = self.text
        while text[self.position] in " \n\t":
            self.position += 1
        return text[self.position]

    def value(self):
        c = self.skip()
        if c == "{":
            return self.mapping()
        if c == "[":
            return self.sequence()
        if c == '"':
            return self.string()
        if c == "-" or c.isdigit():
            return self.number()
        for word, meaning in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.position):
                self.position += len(word)
                return meaning
        raise ValueError("at %d" % self.position)

    def mapping(self):
        result = {}
        self.position += 1
        while self.skip() != "}":
            key = self.string()
            if self.skip() != ":":
                raise ValueError("colon")
            self.position += 1
            result[key] = self.value()
            if self.skip() == ",":
                self.position += 1
                self.skip()
        self.position += 1
        return result

    def sequence(self):
        result = []
        self.position += 1
        while self.skip() != "]":
            result.append(self.value())
            if self.skip() == ",":
                self.position += 1
        self.position += 1
        return result

    def string(self):
        end = self.text.index('"', self.position + 1)
        result = self.text[self.position + 1 : end]
        self.position = end + 1
        return result

    def number(self):
        start = self.position
        text = self.text
        while text[self.position] in "-+.eE0123456789":
            self.position += 1
        digits = text[start : self.position]
        return float(digits) if "." in digits else int(digits)


def write(value):
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(['"' + key + '": ' + write(value[key]) for key in sorted(value)]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([write(item) for item in value]) + "]"
    return '"' + value + '"' if isinstance(value, str) else str(value)


def sample(n):
    rows = [{"id": i, "name": "row %d" % i, "tags": ["a", "b", str(i % 7)], "size": i * 0.25, "ok": i % 2 == 0, "none": None} for i in range(n)]
    return write({"rows": rows, "count": n})


n = int(sys.argv[1]) if len(sys.argv) > 1 else 2500
text = sample(4)
same = total = 0
for turn in range(n):
    tree = Parser(text + " ").value()
    same += write(tree) == text
    total += sum(row["id"] for row in tree["rows"]) + tree["count"]
print(len(text), same, total, tree["rows"][-1]["size"])
