print(0 or "a", 1 or "a", 0 and "a", 1 and "a")
print("" or [] or {} or None)
print(1 and 2 and 3, 1 and 0 and 3)
print(not 0, not 1, not not "x")
def loud(x):
    print("evaluated", x)
    return x
loud(0) and loud(1)
loud(1) or loud(2)
