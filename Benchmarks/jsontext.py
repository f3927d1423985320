"""JSON written in Python: an encoder with escapes and indentation, a decoder of functions over an index, both ways over nested data."""

import sys

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
UNESCAPES = {'"': '"', "\\": "\\", "/": "/", "n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
SPACES = " \n\t\r"
DIGITS = "-+.eE0123456789"


def encode_string(text, out):
    out.append('"')
    start = 0
    for i, c in enumerate(text):
        if c in ESCAPES:
            out.append(text[start:i])
            out.append(ESCAPES[c])
            start = i + 1
        elif c < " ":
            out.append(text[start:i])
            out.append("\\u%04x" % ord(c))
            start = i + 1
    out.append(text[start:])
    out.append('"')


def encode(value, out, indent):
    if value is None:
        out.append("null")
    elif value is True:
        out.append("true")
    elif value is False:
        out.append("false")
    elif isinstance(value, str):
        encode_string(value, out)
    elif isinstance(value, dict):
        if not value:
            out.append("{}")
            return
        inner = indent + "  "
        separator = "{" + inner
        for key in sorted(value):
            out.append(separator)
            encode_string(key, out)
            out.append(": ")
            encode(value[key], out, inner)
            separator = "," + inner
        out.append(indent)
        out.append("}")
    elif isinstance(value, (list, tuple)):
        separator = "["
        for item in value:
            out.append(separator)
            encode(item, out, indent)
            separator = ", "
        out.append("]" if value else "[]")
    else:
        out.append(repr(value))


def dumps(value):
    out = []
    encode(value, out, "\n")
    return "".join(out)


def skip(text, i):
    while text[i] in SPACES:
        i += 1
    return i


def decode_string(text, i):
    pieces = []
    start = i
    while True:
        c = text[i]
        if c == '"':
            pieces.append(text[start:i])
            return "".join(pieces), i + 1
        if c == "\\":
            pieces.append(text[start:i])
            c = text[i + 1]
            if c == "u":
                pieces.append(chr(int(text[i + 2 : i + 6], 16)))
                i += 6
            else:
                pieces.append(UNESCAPES[c])
                i += 2
            start = i
        else:
            i += 1


def decode_object(text, i):
    result = {}
    i = skip(text, i)
    if text[i] == "}":
        return result, i + 1
    while True:
        key, i = decode_string(text, skip(text, i) + 1)
        i = skip(text, i)
        if text[i] != ":":
            raise ValueError("no colon at %d" % i)
        result[key], i = decode(text, i + 1)
        i = skip(text, i)
        if text[i] == "}":
            return result, i + 1
        i += 1


def decode_array(text, i):
    result = []
    i = skip(text, i)
    if text[i] == "]":
        return result, i + 1
    while True:
        value, i = decode(text, i)
        result.append(value)
        i = skip(text, i)
        if text[i] == "]":
            return result, i + 1
        i += 1


def decode(text, i):
    i = skip(text, i)
    c = text[i]
    if c == '"':
        return decode_string(text, i + 1)
    if c == "{":
        return decode_object(text, i + 1)
    if c == "[":
        return decode_array(text, i + 1)
    if c == "t":
        return True, i + 4
    if c == "f":
        return False, i + 5
    if c == "n":
        return None, i + 4
    end = i
    while text[end] in DIGITS:
        end += 1
    number = text[i:end]
    return (float(number) if "." in number or "e" in number else int(number)), end


def sample():
    people = []
    for i in range(4):
        people.append(
            {
                "id": 1000003 * i,
                "name": 'Name "%d"\tof\\many' % i,
                "scores": [i * 0.5, -i, i * i, None],
                "nested": {"empty": {}, "none": [], "flag": i % 3 == 0, "deep": [[i, [i + 1, [i + 2]]]]},
                "note": "a longer piece of text without anything to escape, as most of them are",
                "bell": "\x07\x1b",
            }
        )
    return {"people": people, "count": len(people), "ok": True}


n = int(sys.argv[1]) if len(sys.argv) > 1 else 700
value = sample()
text = dumps(value)
same = checked = 0
for turn in range(n):
    again, end = decode(text + " ", 0)
    same += again == value and end == len(text)
    checked += dumps(again) == text
print(len(text), same, checked, again["people"][3]["name"], again["people"][2]["scores"])
