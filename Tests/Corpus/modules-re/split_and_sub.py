import re
print(re.compile(",").split("a,b,,c"), re.compile("[ ;]+").split("a b; c"), re.compile("-").split("a-b-c", 1), re.sub("[aeiou]", "*", "hello"), re.sub("(l+)", r"<\1>", "hello"), re.sub("l", lambda m: m.group(0).upper(), "hello", 1))
