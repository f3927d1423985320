for make in (lambda: ValueError, lambda: ValueError("x"), lambda: 5, lambda: "str", lambda: None, lambda: int):
    try:
        raise make()
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
