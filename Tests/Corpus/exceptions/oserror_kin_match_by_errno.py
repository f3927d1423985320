try:
    open("/nonexistent/file")
except FileNotFoundError as e:
    print("caught", e.errno, isinstance(e, FileNotFoundError), isinstance(e, PermissionError))
try:
    raise OSError(17)
except PermissionError:
    print("no")
except FileExistsError:
    print("FileExistsError")
