print(ascii("é€a"), ascii([1, "ü"]), format(255, "x"), format("a", ">3"), format(None))
class A:
    def __init__(self): self.x = 1
print(vars(A()))
