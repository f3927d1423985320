s = "straße É"
print(len(s), s.replace("É", "E"), s.split(" "), s.startswith("stra"), s.endswith("É"))
