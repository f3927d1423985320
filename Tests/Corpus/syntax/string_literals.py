print('a"b', "a'b", '''x
y''', """"q" """)
print("a" 'b' "c")
print(r"\n\t", R'\d', "tab\there")
print("\x41\u0042\U00000043\103\101")
print(len("\
"), len("\0"), ord("\a"), ord("\b"), ord("\v"), ord("\f"), ord("\r"))
print("\q" == "\\q", '\'', "\"")
