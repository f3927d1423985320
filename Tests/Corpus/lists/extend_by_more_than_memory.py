for make in lambda: [].extend(range(1 << 40)), lambda: list(range(1 << 45)), lambda: [0] * (1 << 50):
    try:
        make()
    except MemoryError:
        print("MemoryError")
