# A module can be a .mpy file; a source of the same name goes first.
import os
import sys

good = b'M\x06\x00\x1f\x03\x00\x0cone.py\x00\x0f\nVALUE\x00@\x00\x02\x01\xaa\x16\x02Qc'


def write(path, data):
    with open(path, 'wb') as file:
        file.write(data)


os.mkdir('_mpy')
try:
    sys.path.insert(0, '_mpy')
    write('_mpy/bytecode.mpy', good)
    import bytecode
    print(bytecode.VALUE, bytecode.__file__)
    write('_mpy/both.mpy', good)
    write('_mpy/both.py', b'VALUE = "source"')
    import both
    print(both.VALUE)
    os.mkdir('_mpy/pack')
    write('_mpy/pack/__init__.mpy', good)
    write('_mpy/pack/inner.mpy', good)
    import pack.inner
    print(pack.VALUE, pack.inner.VALUE, pack.__file__)
finally:
    for name in ('pack/__init__.mpy', 'pack/inner.mpy', 'bytecode.mpy', 'both.mpy', 'both.py'):
        try:
            os.remove('_mpy/' + name)
        except OSError:
            pass
    try:
        os.rmdir('_mpy/pack')
    except OSError:
        pass
    os.rmdir('_mpy')
