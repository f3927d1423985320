name = "inner of " + __name__
