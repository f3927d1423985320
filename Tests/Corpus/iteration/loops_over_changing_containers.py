for c in "aé日":
    print(c, end=" ")
for c in b"\x00\xff": print(c, end=" ")
b = bytearray(b"ab")
for c in b:
    print(c, end=" ")
    if len(b) < 5: b.append(c + 2)
print()
d = {1: 2, 3: 4}
try:
    for k in d: d[k + 10] = 0
except RuntimeError as error:
    print(error)
s = {1}
try:
    for k in s: s.add(k + 1)
except RuntimeError as error:
    print(error)
for k in {"a": 1, "b": 2}:
    print(k)
    for j in frozenset([k]): print(j)
for k in "": print("never")
else: print("else")
