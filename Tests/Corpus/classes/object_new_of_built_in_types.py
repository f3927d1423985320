class I(int):
    def __new__(cls, x): return super().__new__(cls, x + 1)
class J(int): pass
print(I(4), int.__new__(J, 7), type(int.__new__(J, 7)) is J, str.__new__(str, "a"))
class K(dict): pass
for t in int, list, dict, K:
    try:
        object.__new__(t)
    except TypeError as error:
        print(error)
