"""Arbitrary precision integers: digits of pi by a spigot, a factorial with its digit sum, modular powers."""

import sys


def pi_digits(count):
    digits = []
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    while len(digits) < count:
        if 4 * q + r - t < n * t:
            digits.append(n)
            following = 10 * (r - n * t)
            n = 10 * (3 * q + r) // t - 10 * n
            q *= 10
            r = following
        else:
            following = (2 * q + r) * l
            n = (q * 7 * k + 2 + r * l) // (t * l)
            q *= k
            t *= l
            l += 2
            k += 1
            r = following
    return digits


def factorial(n):
    product = 1
    for i in range(2, n + 1):
        product *= i
    return product


n = int(sys.argv[1]) if len(sys.argv) > 1 else 1800
digits = pi_digits(n)
print("".join(str(d) for d in digits[-20:]), sum(digits))
big = factorial(1500)
print(sum(int(c) for c in str(big)), big % 1000000007)
prime = (1 << 521) - 1
print(pow(3, big % prime, prime) & 0xFFFFFFFF, (big >> 1000) & 0xFFFF, (big ^ prime) % 65537)
