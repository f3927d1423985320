import json
for s in ("1", "-2.5e3", '"a\\n\\u00e9\\"\\/"', "[1, [2], {}]", '{"a": {"b": [true, false, null]}, "c": ""}', " [ 1 ,\n2 ] ", '"x"', "12345678901234567890123"):
    print(json.loads(s))
for s in ("", "[1", "{", "tru", "nulx", "1 2", "'a'"):
    try:
        json.loads(s)
        print("no error", s)
    except ValueError:
        print("ValueError")
