print("Hello World".upper(), "Hello World".lower(), "123 abC!".upper(), "".upper())
print("abc".islower(), "ABC".isupper(), "aBc".islower(), "a1".islower(), "1".isupper(), "".islower(), "A B".isupper())
