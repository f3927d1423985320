x, l = 1, []
for _ in range(500):
    x = x * 75 % 65537
    l.append(x)
s = sorted(l)
print(all(a <= b for a, b in zip(s, s[1:])), sum(s) == sum(l), sorted(s, reverse=True) == s[::-1], sorted(s) == s)
