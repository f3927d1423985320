# Compiled with -O3: no line numbers, no assertions.
assert False
if __name__ == '__main__':
    print('run by -m')
