for c in "abé":
    print(c, end=" ")
print(list("xyz"), tuple("ab"), list(reversed("abc")), [c for c in ""], sorted("hello"), list(enumerate("ab")), list(zip("ab", "xyz")))
