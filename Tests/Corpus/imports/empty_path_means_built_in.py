import sys
assert sys.path
path = sys.path
sys.path = ()
from time import *
import usys, json
sys.path = path
print("sleep_ms" in globals(), usys is sys)
try:
    import no_such_module
except ImportError as error:
    print(error)
