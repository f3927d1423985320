# An image in the ROMFS format is a read-only file system; bytecode in it is imported.
import io
import os
import sys
import vfs

text = (
    'd2cd318081140436036c6962053009696e6e65722e6d707902244d06001f030010696e6e65722e7079000f0a494e4e4552005808020181822b021602'
    '51630511086e6f74652e747874020668656c6c6f0a0547076f6e652e6d7079023d4d06001f06000c6f6e652e7079000f086661696c0006726f6d000a'
    '56414c5545006f6c00040123aa160432001602516301580804022012051003340165'
)
image = bytes.fromhex(text)
rom = vfs.VfsRom(image)
vfs.mount(rom, '/rom')
print(sorted(rom.ilistdir('/')), list(rom.ilistdir('lib')))
print(os.stat('/rom/note.txt')[0] == 0x8000, os.stat('/rom/note.txt')[6], os.stat('/rom/lib')[0] == 0x4000)
with open('/rom/note.txt') as file:
    print(file.read())
with open('/rom/note.txt', 'rb') as file:
    print(file.read(3))
sys.path.insert(0, '/rom')
import one
import lib.inner

print(one.VALUE, one.__file__, lib.inner.INNER)
try:
    one.fail()
except ValueError as error:
    buffer = io.StringIO()
    sys.print_exception(error, buffer)
    print(buffer.getvalue().split('\n')[-3:-1])


def number(function, *arguments):
    try:
        return function(*arguments)
    except OSError as error:
        return error.errno


print(number(open, '/rom/none'), number(open, '/rom/note.txt', 'w'), number(open, '/rom/lib'), number(rom.chdir, '/note.txt'))
print(number(vfs.VfsRom, b'no image'), number(vfs.VfsRom, image[:-1]))
rom.chdir('lib')
print(rom.getcwd(), len(rom.open('inner.mpy', 'rb').read()), rom.statvfs('/')[2] == len(image))
vfs.umount('/rom')
