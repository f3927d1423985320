class A: x = 1
a = A()
for f in ("a.y", "A.y", "del a.x", "a.y.z", "None.x", "(5).x = 1", "del a.zz", "A().foo()"):
    try:
        exec(f)
        print("no error")
    except AttributeError:
        print("AttributeError")
