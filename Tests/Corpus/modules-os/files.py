import os
name = "corpus_scratch.txt"
with open(name, "w") as f:
    print(f.write("one\ntwo\n"))
with open(name) as f:
    print(f.readline(), f.readlines(), f.read() == "")
with open(name, "a") as f:
    f.write("three")
print([line.strip() for line in open(name)], name in os.listdir(), os.stat(name)[6])
with open(name, "rb") as f:
    print(f.read(3), f.seek(4), f.read(3), f.tell())
os.rename(name, name + "2")
os.remove(name + "2")
print(name in os.listdir())
try:
    os.remove(name)
except OSError as e:
    print(e.errno)
