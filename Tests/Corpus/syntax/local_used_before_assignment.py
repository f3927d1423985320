x = 1
def f():
    try:
        print(x)
    except NameError:
        print("unbound")
    x = 2
f()
