print(repr("a\tbc\td".expandtabs()), repr("a\tb".expandtabs(4)), "abc".translate({97: "x", 98: None}), "hello".translate(str.maketrans("el", "ip")))
