class Wait:
    def __init__(self, n): self.n = n
    def __await__(self):
        r = yield self.n
        return r
    __iter__ = __await__
async def inner(n): return await Wait(n) * 2
async def main():
    a = await inner(1)
    b = await inner(2)
    return a + b
c = main()
print(c.send(None), c.send(10))
try:
    c.send(20)
except StopIteration as e:
    print(e.value)
