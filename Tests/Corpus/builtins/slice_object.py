s = slice(1, 5, 2)
print(s.start, s.stop, s.step, list(range(10))[s], "abcdef"[slice(2)], [1, 2, 3][slice(None)], slice(1, 2) == slice(1, 2))
