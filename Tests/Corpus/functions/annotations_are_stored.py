def f(a: int, *b: str, c: "x" = 1, **d: list) -> float: pass
print(sorted(f.__annotations__.items(), key=lambda i: i[0]) == sorted({"a": int, "b": str, "c": "x", "d": list, "return": float}.items(), key=lambda i: i[0]))
