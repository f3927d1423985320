for x in (float("inf"), float("-inf"), float("nan")):
    print("%f|%5.1f|%e|%g|%+f" % (x, x, x, x, x), "{:.2f}|{:8}".format(x, x))
