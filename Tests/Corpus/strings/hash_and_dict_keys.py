d = {"abc": 1}
k = "".join(["a", "b", "c"])
print(d[k], k == "abc", hash(k) == hash("abc"), "abd" in d, {"a" * 50: 2}["a" * 50])
