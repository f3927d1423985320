s = "ab" * 50000
print(len(s), s.count("b"), s[99999], s.find("ba", 99990), len(s.replace("a", "ccc")), len(s.split("b")), s == "ab" * 50000)
