print(repr("ab".center(6)), repr("ab".center(5)), repr("abc".center(2)))
print(repr("ab".ljust(5)), repr("ab".rjust(5)), repr("ab".ljust(5, ".")), repr("ab".rjust(5, "*")), "42".zfill(5), "-42".zfill(5), "+1".zfill(4), "abc".zfill(2), "ab".center(6, "-"))
