class Adds:
    def __set_name__(self, owner, name):
        print("set_name", name)
        setattr(owner, name + "_more", 1)
class Deletes:
    def __init__(self, other): self.other = other
    def __set_name__(self, owner, name):
        print("set_name", name)
        if hasattr(owner, self.other): delattr(owner, self.other)
class C:
    a = Adds()
    b = Adds()
print(C.a_more, C.b_more)
class D:
    a = Deletes("b")
    b = Deletes("a")
print(hasattr(D, "a"), hasattr(D, "b"))
