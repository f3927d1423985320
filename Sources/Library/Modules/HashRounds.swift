// The compression functions of SHA-256 and SHA-1 (FIPS 180-4) and of MD5 (RFC 1321): a block of 64 bytes into the state.

enum HashKind: UInt8 { case sha256, sha1, md5 }

/// Eight words, of which SHA-1 uses five and MD5 four.
struct HashState {
  let kind: HashKind
  private var words: InlineArray<8, UInt32>

  init(_ kind: HashKind) {
    self.kind = kind
    // The fractional parts of the square roots of the first eight primes; the others count up and down.
    words =
      kind == .sha256
      ? [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]
      : [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0, 0, 0, 0]
  }

  var digestCount: Int { kind == .sha256 ? 32 : kind == .sha1 ? 20 : 16 }

  func digestByte(_ index: Int) -> UInt8 {
    let shift = kind == .md5 ? index & 3 : 3 &- (index & 3)
    return UInt8(truncatingIfNeeded: words[index &>> 2] &>> UInt32(8 &* shift))
  }

  mutating func add(_ block: InlineArray<64, UInt8>) {
    switch kind {
    case .sha256: addSHA256(block)
    case .sha1: addSHA1(block)
    case .md5: addMD5(block)
    }
  }

  private mutating func addSHA256(_ block: InlineArray<64, UInt8>) {
    var schedule = InlineArray<64, UInt32>(repeating: 0)
    for index in 0..<16 { schedule[index] = bigEndian(block, index) }
    for index in 16..<64 {
      let early = schedule[index &- 15]
      let late = schedule[index &- 2]
      let first = rotateRight(early, 7) ^ rotateRight(early, 18) ^ early &>> 3
      let second = rotateRight(late, 17) ^ rotateRight(late, 19) ^ late &>> 10
      schedule[index] = schedule[index &- 16] &+ first &+ schedule[index &- 7] &+ second
    }
    var now = words
    for index in 0..<64 {
      let mix = rotateRight(now[4], 6) ^ rotateRight(now[4], 11) ^ rotateRight(now[4], 25)
      let choice = now[4] & now[5] ^ ~now[4] & now[6]
      let first = now[7] &+ mix &+ choice &+ roundConstant(index) &+ schedule[index]
      let spread = rotateRight(now[0], 2) ^ rotateRight(now[0], 13) ^ rotateRight(now[0], 22)
      let majority = now[0] & now[1] ^ now[0] & now[2] ^ now[1] & now[2]
      now = [first &+ spread &+ majority, now[0], now[1], now[2], now[3] &+ first, now[4], now[5], now[6]]
    }
    for index in 0..<8 { words[index] &+= now[index] }
  }

  private mutating func addSHA1(_ block: InlineArray<64, UInt8>) {
    var schedule = InlineArray<80, UInt32>(repeating: 0)
    for index in 0..<16 { schedule[index] = bigEndian(block, index) }
    for index in 16..<80 {
      schedule[index] = rotateLeft(schedule[index &- 3] ^ schedule[index &- 8] ^ schedule[index &- 14] ^ schedule[index &- 16], 1)
    }
    var (a, b, c, d, e) = (words[0], words[1], words[2], words[3], words[4])
    for index in 0..<80 {
      let function: UInt32
      let constant: UInt32
      switch index / 20 {
      case 0: (function, constant) = (b & c | ~b & d, 0x5a827999)
      case 1: (function, constant) = (b ^ c ^ d, 0x6ed9eba1)
      case 2: (function, constant) = (b & c | b & d | c & d, 0x8f1bbcdc)
      default: (function, constant) = (b ^ c ^ d, 0xca62c1d6)
      }
      let next = rotateLeft(a, 5) &+ function &+ e &+ constant &+ schedule[index]
      (a, b, c, d, e) = (next, a, rotateLeft(b, 30), c, d)
    }
    words[0] &+= a
    words[1] &+= b
    words[2] &+= c
    words[3] &+= d
    words[4] &+= e
  }

  private mutating func addMD5(_ block: InlineArray<64, UInt8>) {
    var (a, b, c, d) = (words[0], words[1], words[2], words[3])
    for index in 0..<64 {
      let function: UInt32
      let part: Int
      switch index / 16 {
      case 0: (function, part) = (b & c | ~b & d, index)
      case 1: (function, part) = (d & b | ~d & c, 5 &* index &+ 1)
      case 2: (function, part) = (b ^ c ^ d, 3 &* index &+ 5)
      default: (function, part) = (c ^ (b | ~d), 7 &* index)
      }
      let sum = a &+ function &+ sineConstant(index) &+ bigEndian(block, part & 15).byteSwapped
      (a, b, c, d) = (d, b &+ rotateLeft(sum, md5Shift(index)), b, c)
    }
    words[0] &+= a
    words[1] &+= b
    words[2] &+= c
    words[3] &+= d
  }
}

private func bigEndian(_ block: InlineArray<64, UInt8>, _ word: Int) -> UInt32 {
  let start = word &* 4
  return UInt32(block[start]) &<< 24 | UInt32(block[start &+ 1]) &<< 16 | UInt32(block[start &+ 2]) &<< 8 | UInt32(block[start &+ 3])
}

private func rotateRight(_ word: UInt32, _ count: UInt32) -> UInt32 { word &>> count | word &<< (32 &- count) }
private func rotateLeft(_ word: UInt32, _ count: UInt32) -> UInt32 { word &<< count | word &>> (32 &- count) }

/// Four shifts for each quarter of the rounds.
private func md5Shift(_ index: Int) -> UInt32 {
  switch index / 16 &* 4 &+ (index & 3) {
  case 0: 7
  case 1: 12
  case 2: 17
  case 3: 22
  case 4: 5
  case 5: 9
  case 6: 14
  case 7: 20
  case 8: 4
  case 9: 11
  case 10: 16
  case 11: 23
  case 12: 6
  case 13: 10
  case 14: 15
  default: 21
  }
}

private enum RoundConstants {
  /// The fractional parts of the cube roots of the first 64 primes.
  static let sha256: InlineArray<64, UInt32> = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
  ]
  /// The fractional parts of sines.
  static let md5: InlineArray<64, UInt32> = [
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
  ]
}

private func roundConstant(_ index: Int) -> UInt32 { RoundConstants.sha256.span[index] }
private func sineConstant(_ index: Int) -> UInt32 { RoundConstants.md5.span[index] }
