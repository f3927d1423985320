# A method or attribute of a built-in type taken from the type itself refuses other objects.
from collections import namedtuple

class Words(list): pass
Pair = namedtuple("Pair", "a b")

for call in (lambda: type.mro(5), lambda: slice.step(5), lambda: list.append(5, 1), lambda: Pair.__new__(5, 1, 2), lambda: Pair.__new__(Words, 1, 2)):
    try:
        print(call())
    except (TypeError, AttributeError):
        print("refused")
