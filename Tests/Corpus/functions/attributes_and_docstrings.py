def f(a, b=1, *, c=2):
    "the text"
    return a
print(f.__name__, f.__doc__, (lambda: 0).__name__, f.__defaults__, f.__qualname__)
f.note = 5
f.note += 1
print(f.note, f.__dict__["note"], hasattr(f, "other"))
