import _helper
import _helper
from _helper import get, value
print(value, get())
_helper.put(5)
print(value, get(), _helper.value)
