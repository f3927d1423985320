def outer():
    x = 1
    def get(): return x
    def put(v):
        nonlocal x
        x = v
    return get, put
get, put = outer()
get2, put2 = outer()
put(5)
print(get(), get2())
