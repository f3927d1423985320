def g():
    for i in range(3):
        try:
            yield i
        finally:
            print("cleanup", i)
for x in g():
    print(x)
    if x == 1:
        pass
