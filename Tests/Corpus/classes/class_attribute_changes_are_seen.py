# A class attribute may change its value and its kind at any time; every place that has read it before sees that.
class Base:
    value = 1


class Derived(Base):
    pass


def read(thing):
    return thing.value


def call(thing):
    return thing.value()


instance = Derived()
for _ in range(3):
    print(read(Base), read(Derived), read(instance))
Base.value = 2.5
print(read(Base), read(Derived), read(instance))
Derived.value = "own"
print(read(Base), read(Derived), read(instance))
Derived.value += "!"
print(read(Base), read(Derived), read(instance))
del Derived.value
print(read(Base), read(Derived), read(instance))
Base.value = property(lambda self: "computed")
print(read(instance), type(read(Derived)).__name__)
Base.value = lambda self=None: ("function", self is instance)
print(call(Base), call(instance))
Base.value = staticmethod(lambda: "static")
print(call(Base), call(Derived), call(instance))
Base.value = classmethod(lambda cls: cls.__name__)
for _ in range(3):
    print(call(Base), call(Derived), call(instance))
Base.value = [1]
Base.value.append(2)
print(read(Base), read(instance))
instance.value = "instance"
print(read(Base), read(instance))


class Counted:
    count = 0

    @classmethod
    def more(cls):
        cls.count += 1
        return cls.count


class Sub(Counted):
    pass


print([Counted.more() for _ in range(3)], [Sub.more() for _ in range(3)], Counted.count, Sub.count)
