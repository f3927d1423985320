class Base:
    registry = []
    def __init_subclass__(cls, **kw):
        cls.registry.append((cls.__name__, kw))
class A(Base): pass
class B(Base, tag=1): pass
print(Base.registry)
class D:
    def __set_name__(self, owner, name): print(owner.__name__, name)
class C:
    d = D()
