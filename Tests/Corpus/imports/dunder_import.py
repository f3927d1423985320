m = __import__("math")
print(m.sqrt(16.0))
