print("hello WORLD".capitalize(), "hello world".title(), "Hello".swapcase(), "ABC def".casefold(), "they're x1y".title(), "".capitalize())
