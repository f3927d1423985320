for a in (5.5, -5.5):
    for b in (2.0, -2.0, 0.75, float("inf"), float("-inf")):
        print(a % b, end=" ")
    print()
print(-0.0 % 1.0, 0.0 % -1.0)
