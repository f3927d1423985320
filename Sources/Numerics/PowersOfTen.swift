// PowersOfTen.swift — 10^k for -351 <= k < 378 to 128 bits from a table of 872 bytes (27 * 24 and 28 * 8).
//
// Each 27th power is stored with 192 bits; the product with a small power of five (exact) gives the others. The 64 spare bits
// make the upper 128 exact floors for every k in the range, which a test proves.

/// A power of ten: `(high * 2^64 + low) * 2^exponent`, rounded down, the top bit of `high` set.
struct PowerOfTen {
  let high: UInt64
  let low: UInt64
  let exponent: Int
  /// True when nothing was rounded: 0 <= k <= 55.
  let isExact: Bool

  /// 10^k for -351 <= k < 378.
  @inline(__always)
  init(_ k: Int) {
    let block = (k &+ 351) / 27
    let rest = k &+ 351 &- block &* 27
    let entry = powersOfTen.span[block]
    var five = powersOfFive.span[rest]
    five <<= UInt64(truncatingIfNeeded: five.leadingZeroBitCount)
    let top = multiplyWide(five, entry.high)
    let middle = multiplyWide(five, entry.middle)
    let bottom = multiplyWide(five, entry.low)
    let (second, carry0) = middle.low.addingReportingOverflow(bottom.high)
    let (first, carry1) = top.low.addingReportingOverflow(middle.high)
    let (low, carry2) = first.addingReportingOverflow(carry0 ? 1 : 0)
    let high = top.high &+ (carry1 ? 1 : 0) &+ (carry2 ? 1 : 0)
    if high >> 63 == 0 {
      self.high = high &<< 1 | low &>> 63
      self.low = low &<< 1 | second &>> 63
    } else {
      self.high = high
      self.low = low
    }
    // floor(k * log2(10)) is the weight of the top bit.
    self.exponent = (k &* 217706) >> 16 &- 127
    self.isExact = k >= 0 && k <= 55
  }
}

/// The full product of two 64-bit words; by halves where the machine has 32 bits (the library's would call a missing helper).
@inline(__always)
func multiplyWide(_ a: UInt64, _ b: UInt64) -> (high: UInt64, low: UInt64) {
  #if _pointerBitWidth(_64)
    let product = a.multipliedFullWidth(by: b)
    return (product.high, product.low)
  #else
    let mask: UInt64 = 0xffff_ffff
    let low = (a & mask) &* (b & mask)
    let cross = (a &>> 32) &* (b & mask) &+ low &>> 32
    let other = (a & mask) &* (b &>> 32) &+ (cross & mask)
    return ((a &>> 32) &* (b &>> 32) &+ cross &>> 32 &+ other &>> 32, other &<< 32 | low & mask)
  #endif
}

/// 10^n for 0 <= n <= 19.
@inline(__always)
func smallPowerOfTen(_ n: Int) -> UInt64 {
  powersOfFive.span[n] &<< UInt64(truncatingIfNeeded: n)
}

/// 5^n for 0 <= n <= 27.
@inline(__always)
func smallPowerOfFive(_ n: Int) -> UInt64 { powersOfFive.span[n] }

/// The upper 192 bits of a power of ten.
private struct LongPower {
  let high: UInt64
  let middle: UInt64
  let low: UInt64

  init(_ high: UInt64, _ middle: UInt64, _ low: UInt64) {
    self.high = high
    self.middle = middle
    self.low = low
  }
}

private let powersOfFive: InlineArray<28, UInt64> = [
  1, 5, 25, 125,
  625, 3_125, 15_625, 78_125,
  390_625, 1_953_125, 9_765_625, 48_828_125,
  244_140_625, 1_220_703_125, 6_103_515_625, 30_517_578_125,
  152_587_890_625, 762_939_453_125, 3_814_697_265_625, 19_073_486_328_125,
  95_367_431_640_625, 476_837_158_203_125, 2_384_185_791_015_625, 11_920_928_955_078_125,
  59_604_644_775_390_625, 298_023_223_876_953_125, 1_490_116_119_384_765_625, 7_450_580_596_923_828_125,
]

/// 10^(27 * (index - 13)), rounded down.
private let powersOfTen: InlineArray<27, LongPower> = [
  LongPower(0x8049_a4ac_0c58_11ae, 0x205b_896d_777d_6278, 0xac26_1e9f_5141_430b),
  LongPower(0xcf42_894a_5dce_35ea, 0x5206_4cac_8286_75b9, 0x475f_2b7d_7df1_ad7a),
  LongPower(0xa76c_5823_38ed_2621, 0xaf2a_f2b8_0af6_f24e, 0x657c_8f4d_4332_3a36),
  LongPower(0x873e_4f75_e222_4e68, 0x5a77_44a6_e804_a291, 0xcc35_eddf_cf09_96d7),
  LongPower(0xda7f_5bf5_9096_6848, 0xaf39_a475_506a_899e, 0xa302_94cc_2934_e662),
  LongPower(0xb080_392c_c434_9dec, 0xbd8d_794d_96aa_cfb3, 0xfe13_a5c8_6af6_4418),
  LongPower(0x8e93_8662_882a_f53e, 0x547e_b47b_7282_ee9c, 0x41b0_230e_1421_487d),
  LongPower(0xe658_29b3_046b_0afa, 0x0cb4_a5a3_112a_5112, 0xa3b5_61b1_cb20_8396),
  LongPower(0xba12_1a46_50e4_ddeb, 0x92f3_4d62_616c_e413, 0x21a0_183e_1058_3cd3),
  LongPower(0x964e_858c_91ba_2655, 0x3a6a_07f8_d510_f86f, 0xe908_2f25_e9c5_e9ec),
  LongPower(0xf2d5_6790_ab41_c2a2, 0xfae2_7299_423f_b9c3, 0x3695_dad7_e885_8901),
  LongPower(0xc428_d05a_a475_1e4c, 0xaa97_e14c_3c26_b886, 0x9684_2dc9_5323_f5a8),
  LongPower(0x9e74_d1b7_91e0_7e48, 0x775e_a264_cf55_347d, 0xca49_f1c0_5120_c9c7),
  LongPower(0x8000_0000_0000_0000, 0x0000_0000_0000_0000, 0x0000_0000_0000_0000),
  LongPower(0xcecb_8f27_f420_0f3a, 0x0000_0000_0000_0000, 0x0000_0000_0000_0000),
  LongPower(0xa70c_3c40_a64e_6c51, 0x9990_90b6_5f67_d924, 0x0000_0000_0000_0000),
  LongPower(0x86f0_ac99_b4e8_dafd, 0x69a0_28bb_3ded_71a3, 0xdf9f_9156_27c0_4e28),
  LongPower(0xda01_ee64_1a70_8de9, 0xe80e_6f48_20cc_9495, 0xd74b_aad0_3bc1_d8d3),
  LongPower(0xb01a_e745_b101_e9e4, 0x5ec0_5dcf_f72e_7f8f, 0xc04c_79ff_e324_301f),
  LongPower(0x8e41_ade9_fbeb_c27d, 0x1458_8f13_be84_7307, 0x23bd_6a20_59c0_02f5),
  LongPower(0xe5d3_ef28_2a24_2e81, 0x8f16_68c8_a86d_a5fa, 0xf0b5_ccf5_176e_cc7c),
  LongPower(0xb9a7_4a06_37ce_2ee1, 0x6d95_3e2b_d717_3692, 0x88ef_b003_7ac0_8bde),
  LongPower(0x95f8_3d0a_1fb6_9cd9, 0x4abd_af10_1564_f98e, 0x0d5a_4af7_b3a9_8e47),
  LongPower(0xf24a_01a7_3cf2_dccf, 0xbc63_3b39_673c_8cec, 0x3d9c_44cd_2f36_917c),
  LongPower(0xc3b8_3581_09e8_4f07, 0x0a86_2f80_ec47_00c8, 0x0260_6ea0_1029_dc37),
  LongPower(0x9e19_db92_b4e3_1ba9, 0x6c07_a2c2_6a83_46d1, 0x4944_d9f5_2cd0_dec2),
  LongPower(0xff6d_0b34_9280_1150, 0x9798_278a_ea58_efff, 0x631f_cdfb_cb35_b8a4),
]
