import CSimdjson
import MusterDiagnostics
import MusterValues

/// An undeclared column: its values as they stood, and the type they have in common.
struct ExtraColumn {
    /// As written.
    let name: String
    /// By row: the place among `texts`, or -1.
    var codes: [Int32]
    private let texts: DistinctTexts
    /// Of each text; empty where all values came as texts, whatever they are.
    private let kinds: [Kind]
    private let reading: ColumnReading

    enum Kind: UInt8 {
        case text = 0x73, integer = 0x69, decimal = 0x64, boolean = 0x62, nested = 0x6E
    }

    init(name: String, codes: [Int32], _ texts: DistinctTexts, kinds: [Kind] = [],
         _ reading: ColumnReading) {
        self.name = name
        self.codes = codes
        self.texts = texts
        self.kinds = kinds
        self.reading = reading
    }

    /// The column in the type that was wished for; else in the narrowest that all its values
    /// have, those that say "nothing" aside; text where they differ, and where they are hidden.
    /// - Parameter place: the place in the file of a row, from 0.
    func column(_ findings: inout ColumnFindings, place: (Int) -> Int) -> Column {
        var rows = [Int](repeating: 0, count: texts.count)
        for code in codes where code >= 0 { rows[Int(code)] += 1 }
        if reading.discretion.isHidden(name) { return texts.column(codes) }
        if holdsHidden(rows) {
            findings.hidden.insert(Heading.name(name))
            return texts.column(codes)
        }
        if let wish = reading.wishes[Heading.folded(name)] {
            return wished(wish, rows, &findings)
        }
        let typing = ColumnTyping((0..<texts.count).map(read), rows: rows, heading: name)
        if let found = typing.found { return column(found, typing) }
        if let mixed = mixed(typing, place) { findings.mixed.append(mixed) }
        return texts.column(codes)
    }

    /// Whether most of the values that there are may not be shown.
    private func holdsHidden(_ rows: [Int]) -> Bool {
        let all = rows.reduce(0, +)
        var hidden = 0, others = 0
        for (number, count) in rows.enumerated() where count > 0 {
            if reading.discretion.hides(texts.text(number)) {
                hidden += count
            } else {
                others += count
            }
            if others * 2 >= all { return false }
        }
        return hidden > 0
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
        guard wish != .text else { return texts.column(codes) }
        let written = (0..<texts.count).map { number -> WrittenValue in
            let text = texts.text(number)
            return switch wish {
            case .day: LooseValue.day(text).map { .day($0) } ?? .blank
            case .bool: LooseValue.bool(text).map { .bool($0, pair: 0) } ?? .blank
            default: LooseValue.written(text) ?? .blank
            }
        }
        let lost = written.indices.reduce(0) { sum, index in
            let isLost = written[index] == .blank
                && texts.with(index) { WrittenValue($0) } != .blank
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

    private func read(_ number: Int) -> WrittenValue {
        texts.with(number) { text in
            switch kinds.isEmpty ? .text : kinds[number] {
            case .text: reading.isUntyped ? WrittenValue(text) : WrittenValue(quoted: text)
            case .integer, .decimal: WrittenValue(number: text)
            case .boolean: WrittenValue(text)
            case .nested: .text
            }
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
                           texts: first.map { texts.text(Int(codes[$0])) })
    }
}

extension ExtraColumn {
    /// A column that the reader of rows found, each value behind a byte that tells its kind.
    /// - Parameter positions: rows of the file, dead ones included.
    init(_ extra: muster_extra, positions: Int, _ reading: ColumnReading) {
        let name = UnsafeBufferPointer(start: extra.name, count: extra.name_length)
        var codes = Array(UnsafeBufferPointer(start: extra.codes, count: extra.code_count))
        codes.append(contentsOf: repeatElement(-1, count: max(0, positions - codes.count)))
        var texts = DistinctTexts(), kinds: [Kind] = []
        for index in 0..<extra.texts.count {
            let start = Int(extra.texts.offsets[index]), end = Int(extra.texts.offsets[index + 1])
            let bytes = UnsafeBufferPointer(start: extra.texts.bytes, count: end)[start..<end]
            kinds.append(bytes.first.flatMap(Kind.init) ?? .text)
            texts.append { $0.append(contentsOf: bytes.dropFirst()) }
        }
        texts.mayRepeat = kinds.contains { $0 != kinds[0] }
        self.init(name: String(decoding: name, as: UTF8.self), codes: codes, texts, kinds: kinds,
                  reading)
    }
}
