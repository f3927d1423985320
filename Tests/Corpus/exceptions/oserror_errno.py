try:
    open("/nonexistent/file")
except OSError as e:
    print(type(e).__name__, e.errno, e.args[0])
e = OSError(13, "text")
print(e.errno, e.args, OSError().args)
