def index():
    print("index")
    return 0
items = [1, 2]
items[index()] += 10
print(items)
d = {"a": 1}
d["a"] -= 5
print(d)
class Box: pass
b = Box()
b.x = 1
b.x *= 7
print(b.x)
