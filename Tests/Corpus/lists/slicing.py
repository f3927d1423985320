l = list(range(8))
print(l[2:5], l[:3], l[5:], l[:], l[-3:], l[:-3], l[5:2], l[100:], l[::2], l[1::3], l[::-1], l[6:1:-2], l[-1:-4:-1], l[:] is l)
try:
    l[::0]
except ValueError:
    print("ValueError")
