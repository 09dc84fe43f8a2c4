import CSimdjson
import MusterDiagnostics
import MusterValues

/// An undeclared column: its values as they stood, and the type they have in common.
struct ExtraColumn {
    /// As written.
    let name: String
    /// By row: the place among `values`, or -1.
    var codes: [Int32]
    private let values: [Value]
    private let reading: ColumnReading

    private enum Kind: UInt8 {
        case text = 0x73, integer = 0x69, decimal = 0x64, boolean = 0x62, nested = 0x6E
    }
    private struct Value {
        let kind: Kind
        let text: String
    }

    /// - Parameter positions: rows of the file, dead ones included.
    init(_ extra: muster_extra, positions: Int, _ reading: ColumnReading) {
        name = String(decoding: UnsafeBufferPointer(start: extra.name, count: extra.name_length),
                      as: UTF8.self)
        self.reading = reading
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

    /// The column in the type that was wished for; else in the narrowest that all its values
    /// have, those that say "nothing" aside; text where they differ, and where they are hidden.
    /// - Parameter place: the place in the file of a row, from 0.
    func column(_ findings: inout ColumnFindings, place: (Int) -> Int) -> Column {
        var rows = [Int](repeating: 0, count: values.count)
        for code in codes where code >= 0 { rows[Int(code)] += 1 }
        if reading.discretion.isHidden(name) { return texts() }
        if holdsHidden(rows) {
            findings.hidden.insert(Heading.name(name))
            return texts()
        }
        if let wish = reading.wishes[Heading.folded(name)] {
            return wished(wish, rows, &findings)
        }
        let typing = ColumnTyping(values.map(read), rows: rows, heading: name)
        if let found = typing.found { return column(found, typing) }
        if let mixed = mixed(typing, place) { findings.mixed.append(mixed) }
        return texts()
    }

    /// Whether most of the values that there are may not be shown.
    private func holdsHidden(_ rows: [Int]) -> Bool {
        var hidden = 0, all = 0
        for (value, count) in zip(values, rows) where count > 0 {
            all += count
            if reading.discretion.hides(value.text) { hidden += count }
        }
        return hidden * 2 > all
    }

    private func column(_ found: ColumnTyping.Found, _ typing: ColumnTyping) -> Column {
        let written = typing.values
        switch found {
        case .bool:
            return .bool(spread(written, none: None.bool) {
                if case .bool(let value, _) = $0 { value ? 1 : 0 } else { nil }
            })
        case .day: return .day(spread(written, none: None.day) { typing.day($0) })
        case .whole:
            return .integer(spread(written, none: None.integer) {
                if case .whole(let value) = $0 { value } else { nil }
            })
        case .decimal(let places):
            return .decimal(spread(written, none: None.integer) {
                ColumnTyping.scaled($0, places)
            }, places: places)
        case .double: return .double(spread(written, none: None.double, ColumnTyping.double))
        }
    }

    /// The values converted as `date`, `number` and `text` do; what cannot be is none.
    private func wished(_ wish: ColumnWish, _ rows: [Int], _ findings: inout ColumnFindings)
        -> Column {
        guard wish != .text else { return texts() }
        let written = values.map { value -> WrittenValue in
            switch wish {
            case .day: LooseValue.day(value.text).map { .day($0) } ?? .blank
            case .bool: LooseValue.bool(value.text).map { .bool($0, pair: 0) } ?? .blank
            default: LooseValue.written(value.text) ?? .blank
            }
        }
        let lost = values.indices.reduce(0) { sum, index in
            let isLost = written[index] == .blank && WrittenValue(values[index].text) != .blank
            return sum + (isLost ? rows[index] : 0)
        }
        if lost > 0 { findings.unconverted.append((Heading.name(name), lost)) }
        let typing = ColumnTyping(written, rows: rows, heading: name)
        if let found = typing.found, found != .day || wish == .day { return column(found, typing) }
        switch wish {
        case .day: return .day(codes.map { _ in None.day })
        case .bool: return .bool(codes.map { _ in None.bool })
        default:
            return .double(spread(written, none: None.double) { value in
                if case .number(let double) = value { return double }
                return ColumnTyping.double(value)
                    ?? ColumnTyping.scaled(value, 6).map { Double($0) / 1_000_000 }
            })
        }
    }

    private func read(_ value: Value) -> WrittenValue {
        switch value.kind {
        case .text: reading.isUntyped ? WrittenValue(value.text) : WrittenValue(quoted: value.text)
        case .integer, .decimal: WrittenValue(number: value.text)
        case .boolean: WrittenValue(value.text)
        case .nested: .text
        }
    }

    /// Every row's value converted; none where it is blank.
    private func spread<Number>(_ written: [WrittenValue], none: Number,
                                _ convert: (WrittenValue) -> Number?) -> [Number] {
        let converted = written.map { convert($0) ?? none }
        return codes.map { $0 < 0 ? none : converted[Int($0)] }
    }

    private func mixed(_ typing: ColumnTyping, _ place: (Int) -> Int) -> MixedColumn? {
        guard let (kind, rows, odd) = typing.nearly() else { return nil }
        let strange = Set(odd.map(Int32.init))
        let places = codes.indices.lazy.filter { strange.contains(codes[$0]) }
        let first = Array(places.prefix(3))
        return MixedColumn(name: Heading.name(name), kind: kind, rows: rows,
                           odd: codes.count { strange.contains($0) },
                            lines: first.map { place($0) + 1 },
                           texts: first.map { values[Int(codes[$0])].text })
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
