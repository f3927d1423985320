a = 5
print(f"{a=}")
print(f"{a = }")
print(f"{a + 1=}")
print(f"{'s'=}")
print(f"{a=!r:>4} {a=:03d}")
