class A: items = []
class B(A): pass
A().items.append(1)
B.items = B.items + [2]
print(A.items, B.items)
A.new = 5
print(B().new)
del A.new
print(hasattr(B, "new"))
