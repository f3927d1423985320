for i in range(3):
    pass
else:
    print("else", i)
for i in range(3):
    if i == 1:
        break
else:
    print("not printed")
print(i)
