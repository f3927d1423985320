n = 3
while n:
    n -= 1
else:
    print("exhausted", n)
n = 3
while n:
    if n == 2:
        break
    n -= 1
else:
    print("not printed")
print(n)
