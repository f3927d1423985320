import _package
print(_package.name, _package._inner.name)
from _package import _inner
import _package._inner as again
print(again is _inner, _inner.__name__)
