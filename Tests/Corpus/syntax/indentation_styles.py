if 1:
  if 2:
        print("deep")
  print("mid")
if 1:
	print("tab")
def f():
    # comment at any depth
  # less indented comment
    return 1
print(f())
