try:
    {}["missing"]
except KeyError as e:
    print(e.args)
try:
    {}.pop((1, 2))
except KeyError as e:
    print(e.args[0])
