def a(): return
def b(): pass
def c(): return 1, 2
def d(x):
    if x: return "early"
    return "late"
print(a(), b(), c(), d(1), d(0))
