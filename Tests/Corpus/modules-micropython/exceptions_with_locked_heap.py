import micropython, sys, io
def f():
    raise ValueError(1)
def test(report):
    micropython.heap_lock()
    try:
        unknown()
    except NameError as e:
        print(type(e).__name__, e if report else "")
    try:
        raise 0
    except TypeError as e:
        print(type(e).__name__, e.args[0] if report else "")
    try:
        f()
    except ValueError as e:
        kept = e
    try:
        e = Exception(1, 2, 3)
        raise e
    except Exception as e:
        print(type(e).__name__, e.args)
    micropython.heap_unlock()
    out = io.StringIO()
    sys.print_exception(kept, out)
    print([line.strip().split(",")[-1] for line in out.getvalue().split("\n")])
test(False)
micropython.alloc_emergency_exception_buf(256)
test(True)
