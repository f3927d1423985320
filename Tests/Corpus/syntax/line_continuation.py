a = 1 + \
    2
b = (1 +
     2  # comment inside
     + 3)
c = [
    1,

    2,
]
if a == 3 and \
   b == 6:
    print(a, b, c)
print("one" \
      " two")
