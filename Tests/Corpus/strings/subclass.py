class S(str):
    def shout(self): return self.upper() + "!"
s = S("abc")
print(s, s.shout(), len(s), s == "abc", s + "d", s[1], isinstance(s, str), {"abc": 1}[s], "b" in s)
