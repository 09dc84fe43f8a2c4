/// A text as JSON writes it.
package enum JSONText {
    package static func quote(_ text: some Sequence<UInt8>, into line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                line.append(UInt8(ascii: "\\"))
                line.append(byte)
            case 0..<32:
                let digits = String(byte, radix: 16)
                line.append(contentsOf: (byte < 16 ? "\\u000" : "\\u00").utf8)
                line.append(contentsOf: digits.utf8)
            default: line.append(byte)
            }
        }
        line.append(UInt8(ascii: "\""))
    }
}
