# A .mpy file that is not for this engine, or that would do harm, is a ValueError.
import os
import sys

good = b'M\x06\x00\x1f\x03\x00\x0cone.py\x00\x0f\nVALUE\x00@\x00\x02\x01\xaa\x16\x02Qc'
files = {
    'empty': b'',
    'short': b'M\x06',
    'old version': b'M\x05' + good[2:],
    'other minor version': b'M\x06\x02' + good[3:],
    'small integers': b'M\x06\x00\x7f' + good[4:],
    'architecture': b'M\x06\x08' + good[3:],
    'cut': good[:-1],
    'cut names': good[:9],
    'no such name': good[:-3] + b'\x05Qc',
    'pops nothing': good[:-5] + b'\x16\x02YQc',
    'no end': good[:-1] + b'Y',
    'jump nowhere': good[:-4] + b'BzQc',
    'yields': good[:-5] + b'QgYQc',
    'text': good.replace(b'VALUE', b'VA\xffUE'),
}
sys.path.insert(0, '')
for number, (what, data) in enumerate(files.items()):
    name = '_checked%d' % number
    with open(name + '.mpy', 'wb') as file:
        file.write(data)
    try:
        print(what, __import__(name).VALUE)
    except ValueError as error:
        print(what, error)
    finally:
        os.remove(name + '.mpy')
