print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate([], 1)), list(enumerate("a", start=2)))
print(list(zip()), list(zip([1, 2])), list(zip([1, 2, 3], "ab")), list(zip(range(2), "ab", (True, False))), list(zip(*[(1, 2), (3, 4)])))
