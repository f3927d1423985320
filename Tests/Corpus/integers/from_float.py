print(int(3.9), int(-3.9), int(0.0), int(1e10), int(1e20), int(-1e25), int(2.0 ** 70))
for x in (float("inf"), float("-inf"), float("nan")):
    try:
        int(x)
    except (OverflowError, ValueError) as e:
        print(type(e).__name__)
