// The C library's mathematics at the width of Python's float: double precision where pointers have 64 bits, single elsewhere. The compiler's
// own names for these functions are used, so that no header of the C library is needed and nothing clashes with it.
#pragma once
#include <stdint.h>

#if UINTPTR_MAX > 0xffffffffu
typedef double platform_float;
#define PLATFORM_MATH(name) __builtin_##name
#else
typedef float platform_float;
#define PLATFORM_MATH(name) __builtin_##name##f
#endif

#define PLATFORM_MATH_1(name) \
  static inline platform_float platform_##name(platform_float x) { return PLATFORM_MATH(name)(x); }
#define PLATFORM_MATH_2(name) \
  static inline platform_float platform_##name(platform_float x, platform_float y) { return PLATFORM_MATH(name)(x, y); }

PLATFORM_MATH_1(sin)
PLATFORM_MATH_1(cos)
PLATFORM_MATH_1(tan)
PLATFORM_MATH_1(asin)
PLATFORM_MATH_1(acos)
PLATFORM_MATH_1(atan)
PLATFORM_MATH_1(sinh)
PLATFORM_MATH_1(cosh)
PLATFORM_MATH_1(tanh)
PLATFORM_MATH_1(asinh)
PLATFORM_MATH_1(acosh)
PLATFORM_MATH_1(atanh)
PLATFORM_MATH_1(exp)
PLATFORM_MATH_1(exp2)
PLATFORM_MATH_1(expm1)
PLATFORM_MATH_1(log)
PLATFORM_MATH_1(log2)
PLATFORM_MATH_1(log10)
PLATFORM_MATH_1(log1p)
PLATFORM_MATH_1(cbrt)
PLATFORM_MATH_1(erf)
PLATFORM_MATH_1(erfc)
PLATFORM_MATH_1(tgamma)
PLATFORM_MATH_1(lgamma)
PLATFORM_MATH_2(atan2)
PLATFORM_MATH_2(fmod)
PLATFORM_MATH_2(hypot)
PLATFORM_MATH_2(nextafter)
PLATFORM_MATH_2(pow)
PLATFORM_MATH_2(remainder)

/// x * y + z, rounded once.
static inline platform_float platform_fma(platform_float x, platform_float y, platform_float z) {
#if UINTPTR_MAX > 0xffffffffu
  return __builtin_fma(x, y, z);
#else
  // C libraries of chips round the product too. In double precision it is exact; the sum is rounded to odd there, after which rounding it to
  // single precision is right.
  double product = (double)x * y, sum = product + z;
  if (sum - sum != 0) return (float)sum;
  double back = sum - product, error = (product - (sum - back)) + (z - back);
  union { double number; uint64_t bits; } odd = {sum};
  if (error != 0 && (odd.bits & 1) == 0) odd.bits += (error > 0) == (sum > 0) ? 1 : -1;
  return (float)odd.number;
#endif
}
static inline platform_float platform_ldexp(platform_float x, int exponent) { return PLATFORM_MATH(ldexp)(x, exponent); }
static inline platform_float platform_frexp(platform_float x, int *exponent) { return PLATFORM_MATH(frexp)(x, exponent); }

#undef PLATFORM_MATH_1
#undef PLATFORM_MATH_2
