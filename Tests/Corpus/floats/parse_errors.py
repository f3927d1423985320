for s in ("", "a", "1.5x", "--1", "1e", ".", "e5", "1 2", "0x10", None, [], "in"):
    try:
        print(float(s))
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
