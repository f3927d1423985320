print(list(zip([1], [2], strict=True)), sum([1], start=5))
try:
    list(zip([1], [1, 2], strict=True))
except ValueError:
    print("ValueError")
