import math
print(math.sqrt(16), math.floor(-2.5), math.ceil(2.1), math.trunc(-2.7), math.fabs(-3), math.pow(2, 10), math.fmod(7, 3), math.copysign(1, -0.0), math.modf(2.5), math.frexp(8.0), math.ldexp(0.5, 4))
print("%.6f %.6f %.6f %.6f" % (math.sin(1), math.cos(1), math.tan(1), math.atan2(1, 2)), "%.6f %.6f %.6f %.6f" % (math.exp(1), math.log(10), math.log(8, 2), math.log10(1000)))
print("%.6f %.6f" % (math.pi, math.e), math.degrees(math.pi), "%.6f" % math.radians(180), math.isnan(math.nan), math.isinf(math.inf), math.isfinite(1.0), math.isclose(1.0, 1.0 + 1e-12), math.factorial(10))
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.acos(2), lambda: math.factorial(-1), lambda: math.sqrt("a")):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
