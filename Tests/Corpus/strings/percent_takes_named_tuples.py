import os
from collections import namedtuple
P = namedtuple("P", "x y")
print("%s-%s" % P(1, 2))
u = os.uname()
print(("%s|" * len(u) % u) == "".join(part + "|" for part in u))
