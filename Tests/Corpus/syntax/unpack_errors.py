def attempt(values):
    try:
        a, b = values
        print(a, b)
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
attempt((1, 2))
attempt((1,))
attempt((1, 2, 3))
attempt([])
attempt(5)
attempt("xy")
attempt({3: 0, 4: 0})
try:
    a, *b, c = (1,)
except ValueError:
    print("ValueError")
