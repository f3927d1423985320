for i in range(3):
    print(i, end=" ")
    i = 100
print(i)
n = 3
for i in range(n):
    n = 10
    print(i, end=" ")
for i in range(0): pass
print(i)
