import math
from micropython import const
TWO_PI = const(2 * math.pi)
LIMIT = const(-math.e + 1)
print(TWO_PI == 2 * math.pi, LIMIT == 1 - math.e)
try:
    exec("X = const(2 * math.sin)")
except SyntaxError as error:
    print(error)
