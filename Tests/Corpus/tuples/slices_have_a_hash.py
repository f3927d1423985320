d = {slice(1, 2): "a"}
print(d[1:2], slice(1, 2) in d, slice(2, 3) in d, hash(slice(None)) == hash(slice(None, None)))
try:
    {}[:]
except KeyError as error:
    print(error.args)
try:
    hash(slice([], 1))
except TypeError:
    print("TypeError")
a = [1, 2, 3]
class Index:
    def __index__(self): return len(a[1:3])
print(a[Index():], a[a[0:1][0]:], "abcdef"[1:4][0:2])
