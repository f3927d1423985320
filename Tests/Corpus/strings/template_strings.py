from string.templatelib import Template, Interpolation, convert
import string.templatelib as lib
name, n = "World", 42
t = t"Hello {name}! {n:>5} {n!r:x} {n + 1=}"
print(t.strings)
for i in t.interpolations: print(i.value, i.expression, i.conversion, i.format_spec)
print(t.values, type(t) is Template, lib.Template is Template)
print([x if isinstance(x, str) else x.value for x in t"{1}a{2}{3}b"])
print((t"a{1}" + t"b{2}").strings)
print(convert(1.5, "r"), convert("x", "r"), convert(5, None))
print(Template("a", "b", Interpolation(1, "one"), "c").strings)
