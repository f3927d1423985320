import json
print(json.dumps([1, 2.5, "a\"b\n\\", True, False, None, {"k": [], "n": {}}]), json.dumps((1, 2)), json.dumps("é") in ('"é"', '"\\u00e9"'), json.dumps({"a": 1}, separators=(",", ":")), json.dumps(1 << 70), json.dumps("\x01\t"))
