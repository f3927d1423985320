# __del__: once for each object, in order of creation; it may bring the object back, and its errors go to the standard error only.
import gc

log = []
kept = []

class Logged:
    def __init__(self, name):
        self.name = name
        self.other = None
    def __del__(self):
        log.append(self.name)

class Back:
    def __del__(self):
        kept.append(self)

class Circle:
    def __init__(self):
        self.me = self
    def __del__(self):
        log.append("circle")

def clear(n=50):
    # Overwrites what earlier calls left on the stacks.
    return [n] if n == 0 else [clear(n - 1), n]

def make():
    for i in range(100):
        Logged(i).other = [i]
    Circle()
    Back()

make()
clear()
gc.collect()
clear()
gc.collect()
numbers = [entry for entry in log if entry != "circle"]
# The scan of the stack is conservative: it may keep one or two.
print(len(numbers) > 95, numbers == sorted(numbers), len(set(numbers)) == len(numbers), log.count("circle") <= 1)
print(len(kept) <= 1, all(type(item) is Back for item in kept))
kept.clear()
clear()
gc.collect()
print(len(kept))
