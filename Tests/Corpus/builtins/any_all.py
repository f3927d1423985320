print(any([]), all([]), any([0, 1]), all([1, 0]), any(x > 2 for x in range(5)), all("abc"))
def noisy():
    for x in (0, 1, 2):
        print("asked", x)
        yield x
print(any(noisy()), all(noisy()))
