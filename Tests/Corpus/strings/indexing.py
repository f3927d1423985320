s = "hello"
print(s[0], s[-1], s[4], s[-5])
for i in (5, -6, 100):
    try:
        print(s[i])
    except IndexError as e:
        print(type(e).__name__)
try:
    s["a"]
except TypeError:
    print("TypeError")
