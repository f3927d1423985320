def f():
    x = 1
    del x
    try:
        print(x)
    except NameError:
        print("gone")
    x = 2
    print(x)
f()
