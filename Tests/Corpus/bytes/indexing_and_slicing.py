b = b"hello"
print(b[0], b[-1], b[1:3], b[:], b[-2:], b[10:], list(b), [x for x in b[:2]])
for i in (5, -6):
    try:
        b[i]
    except IndexError:
        print("IndexError")
try:
    b[0] = 1
except TypeError:
    print("TypeError")
