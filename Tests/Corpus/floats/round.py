print(round(2.5), round(3.5), round(-2.5), round(2.6), round(0.5), round(1.5), round(1e20))
print(round(2.675, 2), round(1.25, 1), round(1234.567, -2), round(1.005, 2), round(5.0, 0), round(-1.55, 1))
for x in (float("inf"), float("nan")):
    try:
        round(x)
    except (OverflowError, ValueError) as e:
        print(type(e).__name__)
