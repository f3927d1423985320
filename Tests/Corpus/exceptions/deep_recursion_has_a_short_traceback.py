# After a very deep recursion the traceback shows the innermost frames and the outermost one.
def f(n):
    return f(n + 1) + 1
try:
    f(0)
except RecursionError as e:
    print("RecursionError", len(e.__traceback__) <= 6000)
