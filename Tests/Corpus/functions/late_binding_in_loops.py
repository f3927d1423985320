fs = []
for i in range(3):
    fs.append(lambda: i)
print([f() for f in fs])
def make():
    return [lambda: j for j in range(3)]
print([f() for f in make()])
