print((258).to_bytes(2, "big"), (258).to_bytes(4, "little"), (0).to_bytes(1, "big"), (1 << 64).to_bytes(9, "big"))
for n, size in ((256, 1), (1 << 70, 4), (1, 0)):
    try:
        print(n.to_bytes(size, "big"))
    except OverflowError:
        print("OverflowError")
