print("helper runs")
value = 1
_hidden = 2
def get(): return value
def put(v):
    global value
    value = v
