class S:
    def __enter__(self): return (1, [2, 3])
    def __exit__(self, *a): pass
with S() as (a, (b, c)):
    print(a, b, c)
d = {}
with S() as d["k"]:
    print(d)
