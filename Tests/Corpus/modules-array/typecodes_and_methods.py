import array
a = array.array("i", [1, 2, 3])
a.append(4)
a.extend([5])
a[0] = 10
print(a, len(a), a[1], a[-1], list(a), a[1:3], sum(a), a == array.array("i", [10, 2, 3, 4, 5]), a + array.array("i", [6]))
print(array.array("B", b"ab"), array.array("d", [1.5]), array.array("h"), bytes(array.array("H", [1, 2])), [x for x in array.array("q", range(3))])
for f in (lambda: a[10], lambda: array.array("z"), lambda: a.append("x")):
    try:
        f()
    except (IndexError, ValueError, TypeError) as e:
        print(type(e).__name__)
