match = [1, 2]
print(match[0])
case = len
print(case(match))
_ = 3
print(_)
print(type(match) is list)
