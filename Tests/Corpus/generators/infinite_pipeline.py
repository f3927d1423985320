def count(n=0):
    while True:
        yield n
        n += 1
def take(n, it):
    for x in it:
        if n == 0: return
        n -= 1
        yield x
print(list(take(5, (x * x for x in count() if x % 3 == 1))))
