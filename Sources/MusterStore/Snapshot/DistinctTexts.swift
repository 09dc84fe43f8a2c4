import MusterDiagnostics
import MusterValues

/// The distinct values of a column as texts: one slab and offsets into it, numbered in the order
/// in which they come.
struct DistinctTexts {
    private(set) var bytes: [UInt8]
    private(set) var offsets: [UInt32]
    /// Whether the same text may have several numbers, being another sort of value.
    var mayRepeat = false

    /// - Parameter offsets: of each text, and the end of the last.
    init(bytes: [UInt8] = [], offsets: [UInt32] = [0]) {
        self.bytes = bytes
        self.offsets = offsets
    }

    var count: Int { offsets.count - 1 }

    func text(_ number: Int) -> String { with(number) { String(decoding: $0, as: UTF8.self) } }

    func with<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            body(UnsafeBufferPointer(rebasing:
                bytes[Int(offsets[number])..<Int(offsets[number + 1])]))
        }
    }

    /// Appends what `write` appends to the bytes.
    mutating func append(_ write: (inout [UInt8]) -> Void) {
        write(&bytes)
        offsets.append(UInt32(bytes.count))
    }

    /// The texts of rows that have these numbers (-1 for none) as a column.
    func column(_ numbers: [Int32]) -> Column {
        var codes = [Int32](repeating: None.code, count: count)
        var known: [ExactText: Int32] = [:]
        var kept = DistinctTexts()
        let coded = numbers.map { number -> Int32 in
            guard number >= 0 else { return None.code }
            if codes[Int(number)] < 0 { codes[Int(number)] = code(Int(number), &kept, &known) }
            return codes[Int(number)]
        }
        return .text(coded, TextDictionary(bytes: kept.bytes, offsets: kept.offsets))
    }

    private func code(_ number: Int, _ kept: inout DistinctTexts,
                      _ known: inout [ExactText: Int32]) -> Int32 {
        let next = Int32(kept.count)
        if mayRepeat {
            let text = ExactText(text(number))
            if let code = known[text] { return code }
            known[text] = next
        }
        let range = Int(offsets[number])..<Int(offsets[number + 1])
        kept.append { $0.append(contentsOf: bytes[range]) }
        return next
    }
}
