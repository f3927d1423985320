s = []
for i in range(2000):
    s.append(i)
print(sum(s.pop() for _ in range(1000)), len(s))
while len(s) > 5:
    s.pop(0)
print(s)
