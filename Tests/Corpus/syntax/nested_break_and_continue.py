for i in range(4):
    for j in range(4):
        if j == 2:
            continue
        if j == 3 and i == 1:
            break
        if i == 3:
            break
        print(i, j, end="; ")
    else:
        print("inner done")
print()
