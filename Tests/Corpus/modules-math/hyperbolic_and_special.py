import math
for f in (math.sinh, math.cosh, math.tanh, math.asinh, math.atan, math.expm1, math.erf, math.gamma, math.lgamma, math.log2):
    print("%.8f" % f(1.5), end=" ")
print("%.8f %.8f %.8f" % (math.acosh(2), math.atanh(0.5), math.erfc(0.3)))
