n = 1
def f(x=n): return x
n = 2
print(f(), n)
fs = [lambda i=i: i for i in range(3)]
print([h() for h in fs])
