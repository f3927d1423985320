def f(a, *rest, k=0, **others):
    return a, rest, k, others
print(f(1), f(1, 2, 3), f(1, k=2), f(1, 2, x=3), f(*[1, 2], **{"k": 5, "y": 6}), f(*"ab", *(1,), z=0, **{}))
