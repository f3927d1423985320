a = b = [1]
a += [2]
print(b, a is b)
a = a + [3]
print(b, a is b)
t = u = (1,)
t += (2,)
print(u, t)
