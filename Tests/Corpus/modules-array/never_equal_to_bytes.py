from array import array
a = array("b", b"abc")
print(a == b"abc", b"abc" == a, a != b"abc", b"abc" != a, bytes(a) == b"abc", a == array("B", b"abc"))
try:
    b"abc" < a
except TypeError:
    print("TypeError")
