d = {"a": {"b": {"c": [1, 2]}}}
d["a"]["b"]["c"].append(3)
d["a"]["x"] = d["a"]["b"].copy()
print(d, d["a"]["x"]["c"] is d["a"]["b"]["c"])
