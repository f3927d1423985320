import sys
import _helper
print("_helper" in sys.modules, sys.modules["_helper"] is _helper, __name__)
