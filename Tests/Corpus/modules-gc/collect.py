import gc
gc.collect()
x = [bytearray(100) for _ in range(100)]
before = gc.mem_alloc()
x = None
gc.collect()
print(gc.mem_alloc() < before, gc.mem_free() >= 0, gc.isenabled())
gc.disable()
print(gc.isenabled())
gc.enable()
