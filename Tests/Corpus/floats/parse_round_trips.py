x = 0.1
for i in range(60):
    assert float(repr(x)) == x, x
    x = x * 7.3 + 1e-3 if i % 2 else x / 3.1
    assert float(str(-x)) == -x
print("ok")
