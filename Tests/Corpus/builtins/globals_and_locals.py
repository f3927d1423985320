x = 1
print("x" in globals(), globals()["x"], locals() is globals() or "x" in locals())
globals()["made"] = 5
print(made)
