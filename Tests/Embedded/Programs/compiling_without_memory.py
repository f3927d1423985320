# Compiles with less and less of the heap taken, from none that is free on: MemoryError until there is enough, then it works.
source = """
def f(a, b=2, *c, **d):
    'text that documents the function'
    try:
        return [a + i for i in c if i > b], f'{a!r:>5}', b'some bytes of a constant', (1, 'two', 3.5), 12345678901234567890
    finally:
        d.clear()
class C:
    x: int = 1 << 70
    def m(self): return lambda: (self, __class__)
"""
taken = []
for size in (64, 16):
    try:
        while True:
            taken.append(bytearray(size))
    except MemoryError:
        pass
caught = 0
while True:
    try:
        exec(source)
        break
    except MemoryError:
        caught += 1
        taken.pop()
taken.clear()
print(caught > 50)
print(f(5, 1, 2, 3))
print(C.x, C().m()()[1] is C)
try:
    exec('x = [' + 'y, ' * 10000 + ']')
except MemoryError:
    print('MemoryError')
exec('print([i * i for i in range(5)])')
