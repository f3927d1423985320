print(set(), {1}, set("aab") == {"a", "b"}, set([1, 1, 2]) == {1, 2}, len({1, 1.0, True}), frozenset(), frozenset([1]), set(range(3)) == {0, 1, 2}, {1, "a", None} == {None, "a", 1})
for f in (lambda: set(5), lambda: {[]}, lambda: {{}}, lambda: set([[]])):
    try:
        f()
    except TypeError:
        print("TypeError")
