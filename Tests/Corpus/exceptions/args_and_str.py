for e in (ValueError(), ValueError("a"), ValueError("a", 1), KeyError("k"), OSError(2), Exception(None)):
    print(type(e).__name__, e.args)
print(str(ValueError()), str(ValueError("a")), str(ValueError("a", 1)), str(ValueError(5)))
