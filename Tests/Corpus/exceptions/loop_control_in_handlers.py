for i in range(5):
    try:
        if i % 2: raise ValueError
        if i == 4: break
    except ValueError:
        continue
    finally:
        print("f", i)
    print(i)
while True:
    try:
        raise KeyError
    except KeyError:
        break
print("end")
