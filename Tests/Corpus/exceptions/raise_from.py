try:
    try:
        raise KeyError("k")
    except KeyError as e:
        raise ValueError("v") from None
except ValueError as e:
    print(e)
