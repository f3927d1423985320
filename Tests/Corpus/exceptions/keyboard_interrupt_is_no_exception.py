# KeyboardInterrupt passes handlers of Exception.
try:
    try:
        raise KeyboardInterrupt
    except Exception:
        print("caught too early")
except KeyboardInterrupt as e:
    print(type(e).__mro__[1].__name__, e.args)
