class S:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * i
print(list(S()), 9 in S(), [x for x in S()])
