import CSimdjson
import MusterValues

/// An undeclared column: its values as they stood, and the type they have in common.
struct ExtraColumn {
    let name: String
    /// By row: the place among `values`, or -1.
    var codes: [Int32]
    private let values: [Value]

    private enum Kind: UInt8 {
        case text = 0x73, integer = 0x69, decimal = 0x64, boolean = 0x62, nested = 0x6E
    }
    private struct Value {
        let kind: Kind
        let text: String
    }

    /// - Parameter positions: rows of the file, dead ones included.
    init(_ extra: muster_extra, positions: Int) {
        name = String(decoding: UnsafeBufferPointer(start: extra.name, count: extra.name_length),
                      as: UTF8.self)
        var codes = Array(UnsafeBufferPointer(start: extra.codes, count: extra.code_count))
        codes.append(contentsOf: repeatElement(-1, count: max(0, positions - codes.count)))
        self.codes = codes
        let texts = extra.texts
        values = (0..<texts.count).map { index in
            let range = Int(texts.offsets[index])..<Int(texts.offsets[index + 1])
            let bytes = UnsafeBufferPointer(start: texts.bytes, count: range.upperBound)[range]
            return Value(kind: bytes.first.flatMap(Kind.init) ?? .text,
                         text: String(decoding: bytes.dropFirst(), as: UTF8.self))
        }
    }

    /// The column in the narrowest type that all its values have; text where they differ.
    func column() -> Column {
        var used = [Bool](repeating: false, count: values.count)
        for code in codes where code >= 0 { used[Int(code)] = true }
        let present = values.indices.filter { used[$0] }
        let kinds = Set(present.map { values[$0].kind })
        switch kinds {
        case [.integer]:
            if let numbers = spread(present, none: None.integer, { Int64($0) }) {
                return .integer(numbers)
            }
            return doubles(present)
        case [.decimal], [.integer, .decimal]:
            return doubles(present)
        case [.boolean]:
            return .bool(spread(present, none: None.bool) { $0 == "true" ? 1 : 0 } ?? [])
        case [.text]:
            let days = spread(present, none: None.day) { text -> Int32? in
                var text = text
                let day = text.withUTF8 { muster_day($0.baseAddress, $0.count) }
                return day == None.day ? nil : day
            }
            return days.map { .day($0) } ?? texts()
        default:
            return texts()
        }
    }

    private func doubles(_ present: [Int]) -> Column {
        let numbers = spread(present, none: None.double) { text -> Double? in
            Double(text).flatMap { $0.isFinite ? $0 : nil }
        }
        return numbers.map { .double($0) } ?? texts()
    }

    /// Every row's value converted, or nil where one cannot be.
    private func spread<Number>(_ present: [Int], none: Number,
                                _ convert: (String) -> Number?) -> [Number]? {
        var converted = [Number](repeating: none, count: values.count)
        for index in present {
            guard let number = convert(values[index].text) else { return nil }
            converted[index] = number
        }
        return codes.map { $0 < 0 ? none : converted[Int($0)] }
    }

    private func texts() -> Column {
        var numbers: [ExactText: Int32] = [:]
        var texts: [String] = []
        var codeOf = [Int32](repeating: -1, count: values.count)
        let coded = codes.map { code -> Int32 in
            guard code >= 0 else { return None.code }
            if codeOf[Int(code)] < 0 {
                let text = values[Int(code)].text
                let number = numbers[ExactText(text)] ?? Int32(texts.count)
                if Int(number) == texts.count {
                    numbers[ExactText(text)] = number
                    texts.append(text)
                }
                codeOf[Int(code)] = number
            }
            return codeOf[Int(code)]
        }
        return .text(coded, TextDictionary(texts))
    }
}
