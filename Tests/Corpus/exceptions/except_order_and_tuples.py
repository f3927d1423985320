errors = (KeyError, TypeError)
for e in (KeyError, TypeError, IndexError, OSError):
    try:
        raise e
    except errors:
        print("tuple")
    except LookupError:
        print("lookup")
    except:
        print("bare")
