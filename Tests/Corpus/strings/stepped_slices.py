s = "abcdefgh"
print(s[::2], s[1::3], s[::-1], s[6:1:-2], s[-1:-5:-1], s[::100], s[2:2:-1], "äöü"[::-1])
try:
    s[::0]
except ValueError:
    print("ValueError")
