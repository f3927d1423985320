def gcd(a, b):
    while b:
        a, b = b, a % b
    return a
print(gcd(48, 18), gcd(17, 5), gcd(2 ** 100, 6 ** 40) == 2 ** 40, gcd(10 ** 40, 15 ** 30) == 5 ** 30)
