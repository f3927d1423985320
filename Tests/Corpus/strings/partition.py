print("a=b=c".partition("="), "a=b=c".rpartition("="), "abc".partition("="), "abc".rpartition("="), "=a".partition("="), "a--b".partition("--"))
try:
    "a".partition("")
except ValueError:
    print("ValueError")
