import sys
for args in ((), (3,), ("text",)):
    try:
        sys.exit(*args)
    except SystemExit as e:
        print(e.args)
try:
    raise SystemExit(5)
except Exception:
    print("no")
except BaseException as e:
    print(type(e).__name__)
