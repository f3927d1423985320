def f(a: int, b: "text" = 2, *c: list, d: str = "x", **e: dict) -> float:
    g: int = 3
    h: str
    return a + b + g
print(f(1))
x: int = 5
y: undefined_name if False else int
class C:
    z: int = 7
    w: str
print(x, C.z)
