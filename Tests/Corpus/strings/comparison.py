print("a" < "b", "a" < "ab", "B" < "a", "" < "a", "abc" == "abc", "abc" != "abd", "a" >= "a", "é" > "z", "1" == 1)
print(sorted(["b", "", "a", "B", "ab", "é"]), max("hello"), min("hello"))
try:
    "a" < 1
except TypeError:
    print("TypeError")
