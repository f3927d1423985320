from collections import OrderedDict
d = OrderedDict([("z", 1), ("a", 2)])
d["m"] = 3
d["z"] = 9
print(list(d.items()), d == {"a": 2, "m": 3, "z": 9}, d.popitem(), list(d), d.pop("z"), len(d))
