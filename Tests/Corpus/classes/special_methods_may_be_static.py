class S:
    @staticmethod
    def __add__(other): return "add", other
    @classmethod
    def __radd__(cls, other): return cls.__name__, other
    @staticmethod
    def __getitem__(key): return "item", key
    @staticmethod
    def __setitem__(key, value): print("set", key, value)
    @staticmethod
    def __len__(): return 3
    @classmethod
    def __call__(cls, a, b=0): return cls.__name__, a, b
    @staticmethod
    def __contains__(item): return item == 1
    @staticmethod
    def __iter__(): return iter("xy")
    @classmethod
    def __eq__(cls, other): return True
class T(S): pass
t = T()
print(t + 1, 2 + t, t[5], len(t), t(1, b=2), 1 in t, 2 in t, list(t), t == 7)
t[1] = 2
