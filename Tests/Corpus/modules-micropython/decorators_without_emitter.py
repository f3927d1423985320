# Only bytecode can be asked for: there is no emitter of machine code.
@micropython.bytecode
def g(a, b=2): return a * b
print(g(4))
for name in "native", "viper", "asm_thumb", "nothing", "bytecode.more", "native.more":
    try:
        exec("@micropython.%s\ndef f(): pass" % name)
        print(name, "accepted")
    except SyntaxError as error:
        print(name, error)
try:
    exec("@micropython\ndef f(): pass")
except SyntaxError as error:
    print(error)
