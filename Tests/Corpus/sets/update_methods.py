s = {1, 2, 3}
s.update([4], (5,))
s |= {6}
print(sorted(s))
s.intersection_update([1, 2, 3, 9])
s &= {1, 2}
print(sorted(s))
s.difference_update([1])
s -= {9}
print(sorted(s))
s.symmetric_difference_update([2, 3])
s ^= {4}
print(sorted(s))
