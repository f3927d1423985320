x = []
print(callable(len), callable(1), callable(lambda: 0), callable(int), id(x) == id(x), id(x) == id([]), hash("a") == hash("a"), hash(1), hash(None) == hash(None))
