# Memory that died is used again and given back: the figures of the heap follow what is alive.
import gc

def clear(n=50):
    return [n] if n == 0 else [clear(n - 1), n]

def build(n):
    return [[i, (i, str(i))] for i in range(n)]

gc.collect()
before = gc.mem_alloc()
data = build(1000)
alive = gc.mem_alloc()
for turn in range(4):
    # Every other item dies and is made anew: holes are filled.
    for i in range(turn % 2, len(data), 2):
        data[i] = [i, (i, str(i))]
gc.collect()
print(gc.mem_alloc() < alive * 1.3)
data = None
clear()
gc.collect()
print(gc.mem_alloc() - before < (alive - before) / 3)
for turn in range(50):
    data = bytearray(1 << 20)
gc.collect()
print(gc.mem_alloc() - before < 40 << 20)
