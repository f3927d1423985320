try:
    x = bytearray(1 << 60)
except (MemoryError, OverflowError):
    print("refused")
try:
    x = [0] * (1 << 60)
except (MemoryError, OverflowError):
    print("refused")
print(sum([1, 2]))
