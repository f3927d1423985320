from collections import deque
d = deque((), 3)
for i in range(5):
    d.append(i)
print(list(d), len(d), d[0], d[-1], d.popleft(), d.pop(), bool(d))
d.appendleft(9)
d.extend([7, 8])
print(list(d))
d = deque([1], 5)
d.pop()
try:
    d.popleft()
except IndexError:
    print("IndexError")
