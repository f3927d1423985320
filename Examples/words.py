"""Counting words, then imitating their author: a Markov chain of word pairs."""

TEXT = """
the sea was calm and the wind was low and the boat went out before the sun was up
the old man looked at the sea and the sea looked back at the old man
when the sun was up the wind was high and the boat was far out on the sea
the old man pulled the net and the net was full and the boat was low in the water
then the wind was calm and the old man slept and the boat went home
"""


def count(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


def most_common(counts, limit):
    """The `limit` most frequent words; ties in alphabetical order."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]


def chain(words):
    """For every two neighbouring words, the words that have followed them."""
    followers = {}
    for a, b, c in zip(words, words[1:], words[2:]):
        followers.setdefault((a, b), []).append(c)
    return followers


def imitate(followers, pair, length, seed=7):
    yield from pair
    for _ in range(length - 2):
        choices = followers.get(pair)
        if choices is None:
            return
        seed = (seed * 75 + 74) % 65537
        word = choices[seed % len(choices)]
        yield word
        pair = (pair[1], word)


def wrap(words, width):
    line = ""
    for word in words:
        if len(line) + len(word) >= width:
            yield line
            line = ""
        line += (" " if line else "") + word
    yield line


words = TEXT.split()
for word, number in most_common(count(words), 8):
    print("%-6s %2d %s" % (word, number, "#" * number))
print()
for line in wrap(imitate(chain(words), ("the", "old"), 60), 60):
    print(line)
