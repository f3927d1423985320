s = {1, 2}
try:
    s.intersection_update([1], 5)
except TypeError:
    print("TypeError", s)
s.intersection_update([2, 3], (2,))
print(s)
