VALUE = "frozen as source"
