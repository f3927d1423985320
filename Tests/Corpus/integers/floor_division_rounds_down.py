for a in range(-6, 7):
    print(a // 4, a % 4, a // -4, a % -4)
