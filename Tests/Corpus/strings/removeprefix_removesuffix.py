print("foobar".removeprefix("foo"), "foobar".removesuffix("bar"), "foobar".removeprefix("bar"), "foobar".removesuffix(""), "aa".removeprefix("aaa"), "abab".removesuffix("ab"))
