if (n := 10) > 5:
    print(n)
data = [1, 2, 3]
print([y for x in data if (y := x * 2) > 2], y)
while (item := data.pop()) != 1:
    print(item)
def f():
    print((z := 3) + z)
f()
print((a := 1, b := 2), a, b)
