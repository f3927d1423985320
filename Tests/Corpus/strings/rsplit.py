print("a,b,c".rsplit(","), "a,b,c".rsplit(",", 1), "a,b,c".rsplit(",", 0), " a b c ".rsplit(), "abc".rsplit("x", 2), "a--b--c".rsplit("--", 1), ",a,".rsplit(",", 1))
