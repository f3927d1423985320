assert True
assert 1 + 1 == 2, "not shown"
try:
    assert 0
except AssertionError as e:
    print(repr(e))
try:
    assert [], "empty"
except AssertionError as e:
    print(e)
