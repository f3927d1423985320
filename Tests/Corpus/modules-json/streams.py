import io, json
out = io.StringIO()
json.dump({"a": [1, 2]}, out)
print(out.getvalue(), json.load(io.StringIO('{"x": 1}')))
