class F:
    def __format__(self, spec): return "<" + spec + ">"
print("{:abc}".format(F()), f"{F():x}", f"{F()}", format(F(), "q"), format(3.14159, ".2f"), format(5))
