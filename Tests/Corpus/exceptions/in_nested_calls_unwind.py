def a(n):
    try:
        return b(n)
    finally:
        print("a", n)
def b(n):
    if n == 0: raise IndexError
    try:
        return a(n - 1)
    finally:
        print("b", n)
try:
    a(2)
except IndexError:
    print("caught")
