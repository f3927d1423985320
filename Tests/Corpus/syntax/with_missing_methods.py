class A: pass
class B:
    def __enter__(self): return 1
for cls in A, B:
    try:
        with cls():
            print("in")
    except (AttributeError, TypeError):
        print("refused")
