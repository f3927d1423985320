print(list(map(abs, [-1, 2])), list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(filter(None, [0, 1, "", "a", []])), list(filter(lambda x: x > 1, range(4))), list(map(str, ())))
m = map(int, "12")
print(next(m), next(m), next(m, "end"))
