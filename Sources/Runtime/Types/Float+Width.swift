// The width of Python's float: names that are the same on hosts (double precision) and chips (single precision), so that no other file of the
// numbers asks which one it is.

import Numerics

#if _pointerBitWidth(_64)
  extension BigInteger {
    /// The nearest float; infinite when out of range.
    @inline(__always) static func pyFloat(_ a: Operand) -> PyFloat { double(a) }
    /// Limbs for the largest float.
    @inline(__always) static var pyFloatCapacity: Int { doubleCapacity }
    /// `a / b`, correctly rounded; infinite when out of range.
    @inline(__always) static func pyTrueDivide(
      _ a: Operand, _ b: Operand, scratch: MutableLimbs, interruption: inout Interruption
    ) -> PyFloat {
      trueDivide(a, b, scratch: scratch, interruption: &interruption)
    }
  }

  extension FloatText {
    /// Reads a float without white space around it.
    @inline(__always) static func parsePyFloat(_ text: UnsafePointer<UInt8>, _ count: Int) -> PyFloat? { parseDouble(text, count) }
    /// Reads a float with white space around it.
    @inline(__always) static func parsePyFloatTrimmed(_ text: UnsafePointer<UInt8>, _ count: Int) -> PyFloat? {
      parseDoubleTrimmed(text, count)
    }
  }
#else
  extension BigInteger {
    /// The nearest float; infinite when out of range.
    @inline(__always) static func pyFloat(_ a: Operand) -> PyFloat { float(a) }
    /// Limbs for the largest float.
    @inline(__always) static var pyFloatCapacity: Int { floatCapacity }
    /// `a / b`, correctly rounded; infinite when out of range.
    @inline(__always) static func pyTrueDivide(
      _ a: Operand, _ b: Operand, scratch: MutableLimbs, interruption: inout Interruption
    ) -> PyFloat {
      trueDivideFloat(a, b, scratch: scratch, interruption: &interruption)
    }
  }

  extension FloatText {
    /// Reads a float without white space around it.
    @inline(__always) static func parsePyFloat(_ text: UnsafePointer<UInt8>, _ count: Int) -> PyFloat? { parseFloat(text, count) }
    /// Reads a float with white space around it.
    @inline(__always) static func parsePyFloatTrimmed(_ text: UnsafePointer<UInt8>, _ count: Int) -> PyFloat? {
      parseFloatTrimmed(text, count)
    }
  }
#endif

extension FloatingPoint where Self == PyFloat {
  /// Every integer up to this magnitude is a float, exactly.
  @inline(__always) static var exactIntegerLimit: Int { 1 &<< Int(PyFloat.significandBitCount &+ 1) }
}
