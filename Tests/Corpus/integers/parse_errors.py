for args in (("",), (" ",), ("a",), ("1a",), ("1.5",), ("--1",), ("1 2",), ("0x",), ("12", 2), ("8", 8), ("1", 1), ("1", 37), ([],), (None,), ("+",), (1.5, 10), (5, 10)):
    try:
        print(int(*args))
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
