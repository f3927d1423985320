"""Prime sieves: bytearray with slices, list of flags, a dictionary of next multiples, trial division."""
# heap: 16m

import sys


def with_bytearray(n):
    flags = bytearray(b"\x01" * (n + 1))
    flags[0] = flags[1] = 0
    i = 2
    while i * i <= n:
        if flags[i]:
            for j in range(i * i, n + 1, i):
                flags[j] = 0
        i += 1
    return sum(flags)


def with_list(n):
    flags = [True] * (n + 1)
    found = []
    for i in range(2, n + 1):
        if flags[i]:
            found.append(i)
            for j in range(i + i, n + 1, i):
                flags[j] = False
    return found


def endless():
    multiples = {}
    candidate = 2
    while True:
        prime = multiples.pop(candidate, None)
        if prime is None:
            yield candidate
            multiples[candidate * candidate] = candidate
        else:
            following = candidate + prime
            while following in multiples:
                following += prime
            multiples[following] = prime
        candidate += 1


def by_division(n):
    primes = []
    for candidate in range(2, n):
        for prime in primes:
            if prime * prime > candidate:
                primes.append(candidate)
                break
            if candidate % prime == 0:
                break
        else:
            primes.append(candidate)
    return len(primes)


n = int(sys.argv[1]) if len(sys.argv) > 1 else 350000
last = 0
for prime in endless():
    if prime > n // 10:
        break
    last = prime
print(with_bytearray(n), with_list(n // 2)[-1], last, by_division(n // 10))
