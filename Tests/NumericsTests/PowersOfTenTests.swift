#if DEBUG
  import Testing

  @testable import Numerics

  /// The compressed table against exact arithmetic.
  @Suite struct PowersOfTenTests {
    @Test func everyPowerIsTheExactFloor() {
      for power in -351..<378 {
        let exact: Big
        if power >= 0 {
          let bits = bitLength(Big(10).power(UInt(power)))
          exact = bits > 128 ? Big(10).power(UInt(power)).shiftedRight(bits - 128) : Big(10).power(UInt(power)).shiftedLeft(128 - bits)
        } else {
          let divisor = Big(10).power(UInt(-power))
          exact = Big(1).shiftedLeft(127 + bitLength(divisor)).divMod(divisor).0
        }
        let entry = PowerOfTen(power)
        #expect(Big(limbs: [UInt(entry.low), UInt(entry.high)]) == exact, "10^\(power)")
        #expect(entry.isExact == (power >= 0 && power <= 55))
        let expected = power >= 0 ? bitLength(Big(10).power(UInt(power))) - 128 : -127 - bitLength(Big(10).power(UInt(-power)))
        #expect(entry.exponent == expected, "exponent of 10^\(power)")
      }
    }

    private func bitLength(_ value: Big) -> Int { value.with { BigInteger.bitLength($0.limbs, $0.count) } }
  }
#endif
