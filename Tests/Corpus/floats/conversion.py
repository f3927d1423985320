print(float(3), float(True), float("2.5"), float(1 << 60), float(), int(2.99), int(-2.99), str(1.0), float(1.5))
try:
    float(10 ** 400)
except OverflowError:
    print("OverflowError")
