import _helper as h
print(h.__name__, h._hidden, hasattr(h, "nope"))
h.added = 3
import _helper
print(_helper.added, _helper is h)
try:
    from _helper import nope
except ImportError:
    print("ImportError")
