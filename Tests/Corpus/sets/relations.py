a = {1, 2}
print(a < {1, 2, 3}, a <= a, a < a, a > {1}, a >= a, a == {2, 1}, a != {1}, a.issubset([1, 2, 3]), a.issuperset([1]), a.isdisjoint({3}), a.isdisjoint([2]), {1} < {2}, {1} > {2}, set() <= {1})
