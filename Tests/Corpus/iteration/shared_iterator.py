it = iter(range(6))
for x in it:
    print(x, next(it))
it = iter("abcd")
print(list(zip(it, it)))
print(list(it), 3 in iter([1, 2, 3]))
