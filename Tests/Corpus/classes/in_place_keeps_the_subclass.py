class L(list): pass
class B(bytearray): pass
class S(set): pass
class D(dict): pass
class T(str): pass
x = y = L([1])
x += [2]
x *= 2
print(type(x) is L, x is y, x)
b = B(b"a")
b += b"b"
b *= 2
print(type(b) is B, bytes(b))
s = S([1, 2])
s |= {3}
s &= {2, 3}
s -= {2}
s ^= {4}
print(type(s) is S, sorted(s))
d = D(a=1)
d |= {"b": 2}
print(type(d) is D, d == {"a": 1, "b": 2})
t = T("a")
t += ""
print(type(t) is str, t)
