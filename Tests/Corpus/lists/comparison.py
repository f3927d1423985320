print([1, 2] == [1, 2], [1, 2] != [1, 3], [1, 2] < [1, 3], [1] < [1, 0], [] < [1], [2] > [1, 9], [1, 2] <= [1, 2], [1] == (1,), [] == [], [[1], 2] == [[1], 2.0])
try:
    [1] < ["a"]
except TypeError:
    print("TypeError")
try:
    [1] < (2,)
except TypeError:
    print("TypeError")
