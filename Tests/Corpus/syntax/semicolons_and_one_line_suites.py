a = 1; b = 2; print(a + b);
if a: print("x"); print("y")
for i in range(2): print(i, end=" "); a += i
print(a)
class C: x = 1; y = 2
print(C.x + C.y)
