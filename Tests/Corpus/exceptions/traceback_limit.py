import io, sys
def f(): raise ValueError("v")
def g(): f()
def show():
    out = io.StringIO()
    try:
        g()
    except ValueError as error:
        sys.print_exception(error, out)
    print([line.split(",")[-1] for line in out.getvalue().split("\n")])
show()
for limit in 2, 1, 0, -1:
    sys.tracebacklimit = limit
    show()
del sys.tracebacklimit
show()
