t = (1, 2, 1, 3)
print(t.index(1), t.index(1, 1), t.count(1), t.count(9))
try:
    t.index(9)
except ValueError:
    print("ValueError")
