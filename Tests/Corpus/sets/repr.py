print(set(), {1}, {"a"}, frozenset(), frozenset([1]), [{2}], {(1, 2)}, {None})
