s = "aé€😀z"
print(len(s), len(s.encode()), s[1], s[2], s[3], s[-1], s[1:4], s.find("😀"), s.index("z"), s.count("é"))
print([ord(c) for c in s], list(s), s * 2, s + "é", "é" in s, s.replace("€", "E"), s.split("€"))
