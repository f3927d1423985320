class M:
    async def __aenter__(self):
        print("aenter")
        return 1
    async def __aexit__(self, *a): print("aexit")
class It:
    n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n += 1
        if self.n > 3: raise StopAsyncIteration
        return self.n
async def main():
    async with M() as m:
        print(m)
    async for x in It():
        print(x)
    else:
        print("else")
try:
    main().send(None)
except StopIteration:
    print("done")
