t = (3, 1, 2)
print(sorted(t), list(t), set(t) == {1, 2, 3}, max(t), sum(t), list(reversed(t)), [x for x in t], list(enumerate(t)))
