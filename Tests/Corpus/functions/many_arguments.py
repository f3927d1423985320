def f(*a): return len(a), sum(a)
print(f(*range(1000)), f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20))
def g(**k): return len(k)
print(g(**{"k%d" % i: i for i in range(100)}))
