from _helper import *
print(value, get(), "_hidden" in globals())
