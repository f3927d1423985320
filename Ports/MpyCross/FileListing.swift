// The sections of a .mpy file before its code: header, names, constants.
import Bytecode

enum FileListing {
  static func text(of module: CompiledModule, _ file: [UInt8]) -> [UInt8] {
    var text = "version \(file[1]).\(file[2] & 3), small integers of \(file[3]) bits, \(file.count) bytes\n"
    text += "names \(module.names.count)\n"
    for index in 0..<module.names.count { text += "  \(index) \(quoted(module.names[index]))\n" }
    text += "constants \(module.constants.count)\n"
    for index in 0..<module.constants.count { text += "  \(index) \(describe(module.constants[index]))\n" }
    return Array(text.utf8)
  }

  private static func quoted(_ bytes: some Sequence<UInt8>) -> String {
    "'"
      + String(decoding: Array(bytes), as: UTF8.self).map { character in
        switch character {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\\": "\\\\"
        case "'": "\\'"
        default: String(character)
        }
      }.joined() + "'"
  }

  private static func describe(_ constant: Constant) -> String {
    switch constant {
    case .none: return "None"
    case .true: return "True"
    case .false: return "False"
    case .ellipsis: return "Ellipsis"
    case .string(let text): return "str " + quoted(text)
    case .bytes(let bytes): return "bytes " + hexadecimal(Array(bytes))
    case .integer(let negative, let limbs):
      return "int " + String(decoding: MpyWriter.integerText(negative: negative, magnitude: Array(limbs)), as: UTF8.self)
    case .float(let value): return "float " + String(decoding: MpyCross.floatText(value), as: UTF8.self)
    case .complex(let real, let imaginary):
      return "complex " + String(decoding: MpyWriter.complexText(real, imaginary, MpyCross.floatText), as: UTF8.self)
    case .tuple(let items): return "tuple (" + items.map(describe).joined(separator: ", ") + ")"
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return bytes.map { String([digits[Int($0 >> 4)], digits[Int($0 & 15)]]) }.joined(separator: " ")
  }
}
