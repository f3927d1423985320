a, b = 3, "x"
print(f"{a} {b} {a + 1} {b * a} {a!r} {b!r} {b!s}")
print(f"{{}} {{{a}}} {a}}}")
print(f"{[i for i in range(a)]} {({'k': 1})['k']} {(lambda q: q + 1)(2)}")
print(f"" f"{a}" "{a}" f'{b}')
print(F"{a}", f'''{
a
}''')
