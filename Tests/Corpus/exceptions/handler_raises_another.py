try:
    try:
        1 / 0
    except ZeroDivisionError:
        {}["x"]
except KeyError as e:
    print("KeyError", e.args)
try:
    try:
        1 / 0
    finally:
        [][0]
except IndexError:
    print("IndexError")
