# A file system written in Python: paths, import, the module os.
import io, os, sys, vfs


class File(io.IOBase):
    def __init__(self, data):
        self.data = data
        self.position = 0

    def read(self, count=-1):
        end = len(self.data) if count < 0 else self.position + count
        piece = self.data[self.position : end]
        self.position += len(piece)
        return piece

    def close(self):
        pass


class Files:
    def __init__(self, files):
        self.files = files
        self.folder = "/"

    def full(self, path):
        return path if path.startswith("/") else self.folder + path

    def mount(self, readonly, mkfs):
        print("mount", readonly, mkfs)

    def umount(self):
        print("umount")

    def open(self, path, mode):
        print("open", path, mode)
        if self.full(path) not in self.files:
            raise OSError(2)
        return File(self.files[self.full(path)])

    def stat(self, path):
        path = self.full(path)
        if path in self.files:
            return (0x8000, 0, 0, 0, 0, 0, len(self.files[path]), 0, 0, 0)
        if path == "/" or any(name.startswith(path + "/") for name in self.files):
            return (0x4000, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        raise OSError(2)

    def chdir(self, path):
        self.stat(path)
        self.folder = self.full(path).rstrip("/") + "/"

    def getcwd(self):
        return self.folder.rstrip("/") or "/"

    def ilistdir(self, path):
        for name in sorted(self.files):
            yield (name[1:], 0x8000, 0)

    def remove(self, path):
        del self.files[self.full(path)]


files = Files({"/one.py": b"print('one runs')\nvalue = 1\n", "/pack/__init__.py": b"", "/pack/two.py": b"value = 2\n"})
vfs.mount(files, "/made")
print("/made" in [point for _, point in vfs.mount()])
print(os.stat("/made/one.py")[6], os.listdir("/made"))
sys.path.insert(0, "/made")
import one, pack.two

print(one.value, pack.two.value, one.__file__)
before = os.getcwd()
os.chdir("/made/pack")
print(os.getcwd(), open("two.py").read())
os.chdir("/made")
os.remove("pack/two.py")
print(sorted(files.files))
try:
    os.rename("/made/one.py", "/elsewhere")
except OSError as error:
    print("OSError", error.errno)
try:
    vfs.mount(files, "/made")
except OSError as error:
    print("OSError", error.errno)
vfs.umount("/made")
print(os.getcwd() == before)
try:
    open("/made/one.py")
except OSError as error:
    print("OSError", error.errno)
try:
    vfs.umount(files)
except OSError as error:
    print("OSError", error.errno)
