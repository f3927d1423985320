o = object()
print(o == o, o == object(), isinstance(o, object), bool(o), hash(o) == hash(o), type(o) is object)
try:
    o.x = 1
except AttributeError:
    print("AttributeError")
