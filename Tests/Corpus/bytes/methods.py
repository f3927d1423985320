b = b"  Hello, World  "
print(b.strip(), b.lstrip(), b.rstrip(), b.lower(), b.upper(), b.find(b"o"), b.rfind(b"o"), b.index(b"W"), b.count(b"l"), b.replace(b"l", b"L"))
print(b.split(), b.split(b","), b.startswith(b"  H"), b.endswith(b" "), b",".join([b"a", b"b"]), b"abc".isalpha(), b"12".isdigit(), b" ".isspace(), b"ab".center(6), b"a=b".partition(b"="), b"a=b=c".rpartition(b"="), b"a,b".rsplit(b",", 1))
