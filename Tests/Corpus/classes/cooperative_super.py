class Base:
    def go(self): return ["Base"]
class L(Base):
    def go(self): return ["L"] + super().go()
class R(Base):
    def go(self): return ["R"] + super().go()
class Both(L, R):
    def go(self): return ["Both"] + super().go()
print(Both().go())
