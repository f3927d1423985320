x = ((((((((((((((((((((1))))))))))))))))))))
print(x, [[[[[[[[[[]]]]]]]]]])
def a():
    def b():
        def c():
            def d():
                def e():
                    return x + 1
                return e()
            return d()
        return c()
    return b()
print(a())
