from ._inner import name
from . import _inner
print("package", __name__)
