import gc
class N: pass
def make():
    for i in range(2000):
        a, b = N(), N()
        a.o, b.o = b, a
        a.data = bytearray(1000)
make()
gc.collect()
print(gc.mem_alloc() < 1000000)
