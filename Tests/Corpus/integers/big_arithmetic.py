a, b = 123456789012345678901234567890, 987654321098765432109876543210
print(a + b, a - b, b - a, a * b)
print(b // a, b % a, divmod(b, a), divmod(-b, a), divmod(b, -a), divmod(-b, -a))
print(a * 0, a * -1, a - a, a // 1, a % 7, -a, +a, abs(-a))
print(a * a * a // a // a == a)
