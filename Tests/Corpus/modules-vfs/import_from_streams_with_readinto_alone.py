# A file system written in Python may give files that have no more than `readinto` and `ioctl`.
import io
import sys
import vfs


class File(io.IOBase):
    def __init__(self, data):
        self.data = data
        self.position = 0

    def readinto(self, buffer):
        piece = self.data[self.position : self.position + len(buffer)]
        buffer[: len(piece)] = piece
        self.position += len(piece)
        return len(piece)

    def ioctl(self, request, argument):
        print("ioctl", request)
        return 0


class Files:
    def __init__(self, files):
        self.files = files

    def mount(self, readonly, mkfs):
        print("mount", readonly, mkfs)

    def umount(self):
        print("umount")

    def stat(self, path):
        if path not in self.files:
            raise OSError(2)
        return (0x8000, 0, 0, 0, 0, 0, len(self.files[path]), 0, 0, 0)

    def open(self, path, mode):
        return File(self.files[path])


source = "text = '" + "long " * 100 + "'\n"
vfs.mount(Files({"/module.py": source.encode(), "/broken.mpy": b"M"}), "/made")
sys.path.append("/made")
import module

print(len(module.text), module.__file__)
try:
    import broken
except ValueError as error:
    print("ValueError", error)
vfs.umount("/made")
