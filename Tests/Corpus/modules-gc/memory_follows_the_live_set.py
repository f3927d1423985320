# Memory that died is used again and given back: the figures of the heap follow what is alive.
import gc

def build(n):
    return [[i, (i, str(i))] for i in range(n)]

def fill_holes(n):
    data = build(n)
    alive = gc.mem_alloc()
    for turn in range(4):
        # Every other item dies and is made anew.
        for i in range(turn % 2, len(data), 2):
            data[i] = [i, (i, str(i))]
    gc.collect()
    print(gc.mem_alloc() < alive * 1.3)
    return alive

gc.collect()
before = gc.mem_alloc()
# The collector takes what a running dispatch loop left in a register or on the native stack for a reference. A loop that `map` starts is over when
# `map` is, and what the second run leaves is small.
peak, rest = map(fill_holes, (1000, 4))
gc.collect()
print(gc.mem_alloc() - before < (peak - before) / 3)
for turn in range(50):
    data = bytearray(1 << 20)
gc.collect()
print(gc.mem_alloc() - before < 40 << 20)
