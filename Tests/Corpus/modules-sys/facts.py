import sys
print(sys.byteorder in ("little", "big"), sys.maxsize > 1 << 30, isinstance(sys.path, list), isinstance(sys.argv, list), sys.version_info[0], hasattr(sys, "stdout"), sys.implementation.name)
sys.stdout.write("written\n")
