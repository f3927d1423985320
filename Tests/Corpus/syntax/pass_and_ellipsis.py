def f(): pass
class C: ...
def g(): ...
print(f(), g(), ..., Ellipsis is ...)
if True: pass
for _ in (): pass
print("ok")
