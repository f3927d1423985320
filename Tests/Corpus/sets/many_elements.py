s = set()
for i in range(5000):
    s.add(i * 31 % 1009)
print(len(s), sum(s), 1008 in s, 1009 in s)
for i in range(1000):
    s.discard(i)
print(sorted(s))
