import gc
import sys

import package
import single
import source
import as_source
from package.inner import deep

print(package.NAME, package.__file__, package.__path__, deep.__name__, single.__file__)
print(deep.CONSTANTS, source.VALUE, as_source.VALUE)
try:
    deep.fail()
except ValueError as error:
    sys.print_exception(error, sys.stdout)


class Manager:
    async def __aenter__(self):
        return 'entered'

    async def __aexit__(self, *details):
        print('left')


try:
    deep.manage(Manager()).send(None)
except StopIteration as end:
    print(end.value)
try:
    import package.absent
except ImportError as error:
    print(error)
