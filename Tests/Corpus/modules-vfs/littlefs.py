# littlefs over a block device written in Python.
import os, vfs


class Blocks:
    def __init__(self, size, count):
        self.size = size
        self.count = count
        self.data = bytearray(size * count)

    def readblocks(self, block, buffer, offset=0):
        start = block * self.size + offset
        for i in range(len(buffer)):
            buffer[i] = self.data[start + i]

    def writeblocks(self, block, buffer, offset=0):
        start = block * self.size + offset
        self.data[start : start + len(buffer)] = buffer

    def ioctl(self, request, argument):
        if request == 4:
            return self.count
        if request == 5:
            return self.size
        if request == 6:
            return 0


device = Blocks(256, 40)
try:
    vfs.VfsLfs2(device)
except OSError:
    print("nothing there")
vfs.VfsLfs2.mkfs(device)
vfs.mount(vfs.VfsLfs2(device, progsize=16), "/little")
os.mkdir("/little/folder")
with open("/little/folder/text", "w") as f:
    print(f.write("first\nsecond\n"), f.tell())
with open("/little/folder/text", "a") as f:
    f.write("third\n")
with open("/little/folder/text") as f:
    print(f.readlines(), f.seek(6), f.readline())
with open("/little/large", "wb") as f:
    for i in range(10):
        f.write(bytes([i]) * 99)
with open("/little/large", "r+b") as f:
    f.seek(500)
    f.write(b"here")
    f.seek(498)
    print(f.read(8), f.seek(0, 2), f.truncate(700))
print(os.stat("/little/large")[6], os.stat("/little/folder")[0])
print(sorted(os.ilistdir("/little")))
os.chdir("/little/folder")
print(os.getcwd(), os.listdir(), os.stat("../large")[6])
os.rename("text", "/little/moved")
os.chdir("/little")
os.rmdir("folder")
os.remove("large")
print(os.listdir(), os.statvfs("/little")[2:5])
for wrong in (lambda: open("none"), lambda: os.mkdir("moved"), lambda: os.rmdir("moved"), lambda: open("moved/x"), lambda: os.remove("none")):
    try:
        wrong()
    except OSError as error:
        print("OSError", error.errno)
vfs.umount("/little")
vfs.mount(device, "/again")
print(open("/again/moved").read())


class Broken(Blocks):
    def writeblocks(self, block, buffer, offset=0):
        raise ValueError("broken")


try:
    vfs.VfsLfs2.mkfs(Broken(256, 16))
except ValueError as error:
    print(error)
