import micropython
def f():
    micropython.heap_lock()
    try:
        x = [1, 2, 3]
        r = "allocated"
    except MemoryError:
        r = "MemoryError"
    micropython.heap_unlock()
    return r
print(f())
