print("a" in "abc", "bc" in "abc", "" in "abc", "" in "", "d" in "abc", "ac" not in "abc")
try:
    1 in "abc"
except TypeError:
    print("TypeError")
