l = [3, 1, 2]
print(l.sort(), l)
l.sort(reverse=True)
print(l)
w = ["bb", "A", "ccc", "a"]
w.sort()
print(w)
w.sort(key=len)
print(w)
w.sort(key=lambda s: s.lower(), reverse=True)
print(w, sorted((2, 1)), sorted("hello", reverse=True), sorted({3: 0, 1: 0}))
try:
    [1, "a"].sort()
except TypeError:
    print("TypeError")
