class D:
    def __get__(self, obj, cls): return "got", obj is not None, cls.__name__
    def __set__(self, obj, value): print("set", value)
    def __delete__(self, obj): print("delete")
class A:
    d = D()
a = A()
a.d = 5
print(a.d)
del a.d
