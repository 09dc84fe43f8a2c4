/// A plain table as it is read: what each column is, by what all its values have in common.
package struct PlainTable: Sendable {
    package struct Column: Sendable {
        package let heading: String
        package let kind: PlainKind
    }

    package let columns: [Column]
    let rows: [[Value]]

    package init(_ file: PlainFile) {
        let read = file.headings.indices.map { place in
            let cells = file.rows.map { $0[place] }
            let heading = PlainTable.heading(file.headings[place])
            let isJSON = file.format == .json || file.format == .ndjson
            let readings = cells.map { PlainTable.reading($0, isJSON: isJSON, under: heading) }
            let kind = PlainTable.kind(readings)
            let values = zip(cells, readings).map {
                PlainTable.value($0, $1, kind, isJSON: isJSON)
            }
            return (Column(heading: heading, kind: kind), values)
        }
        columns = read.map(\.0)
        rows = file.rows.indices.map { row in read.map { $0.1[row] } }
    }

    /// A heading is what was written, without spaces at its ends and line breaks.
    private static func heading(_ written: String) -> String {
        var text = Substring(written.filter { $0 != "\n" })
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }

    private static func reading(_ cell: PlainFile.Cell, isJSON: Bool, under heading: String)
        -> PlainReading {
        let reading: PlainReading = switch cell {
        case .missing: .nothing
        case .text(let text): isJSON ? .quoted(text) : PlainReading(text)
        case .bare(let token): PlainReading(token)
        }
        if case .whole(let value, pointed: false) = reading, speaksOfDays(heading),
           let day = PlainReading.packed(value) { return .day(day) }
        return reading
    }

    private static func speaksOfDays(_ heading: String) -> Bool {
        ["日期", "时间", "年月", "date"].contains { heading.lowercased().contains($0) }
    }

    // MARK: kinds

    static func kind(_ readings: [PlainReading]) -> PlainKind {
        let present = readings.filter { if case .nothing = $0 { false } else { true } }
        var pairs: Set<Int> = [], truths = 0, days = 0
        for reading in present {
            if case .truth(_, let pair) = reading {
                pairs.insert(pair)
                truths += 1
            }
            if case .day = reading { days += 1 }
        }
        if present.isEmpty { return .text }
        if truths == present.count { return pairs.count == 1 ? .truth : .text }
        if days == present.count { return .day }
        return numbers(present) ?? .text
    }

    /// What numbers have in common; nil where something is none, or prints otherwise among the
    /// others: `1` beside `1.0`.
    private static func numbers(_ present: [PlainReading]) -> PlainKind? {
        var hasWhole = false, hasPointed = false, isExact = true, places = 0
        for reading in present {
            switch reading {
            case .whole(_, let pointed):
                hasWhole = hasWhole || !pointed
                hasPointed = hasPointed || pointed
            case .decimal(_, let own): places = max(places, own)
            case .double: isExact = false
            default: return nil
            }
        }
        if hasWhole && hasPointed { return nil }
        if isExact, places == 0 { return hasPointed ? .decimal(places: 1) : .whole }
        if isExact, present.allSatisfy({ scaled($0, places) != nil }) {
            return .decimal(places: places)
        }
        return present.allSatisfy { double($0) != nil } ? .double : nil
    }

    private static func scaled(_ reading: PlainReading, _ places: Int) -> Int? {
        let (value, own) = switch reading {
        case .whole(let value, _): (value, 0)
        case .decimal(let value, let own): (value, own)
        default: (0, 0)
        }
        let power = (own..<places).reduce(1) { power, _ in power * 10 }
        let (result, overflow) = value.multipliedReportingOverflow(by: power)
        return overflow ? nil : result
    }

    /// The double that prints as it is written.
    private static func double(_ reading: PlainReading) -> Double? {
        switch reading {
        case .double(let double): double
        case .whole(let value, _): Int(exactly: Double(value)) == value
            && value.magnitude < 1 << 53 ? Double(value) : nil
        case .decimal(let value, let places):
            Double(PlainReading.printed(value, places: places)).flatMap {
                "\($0)" == PlainReading.printed(value, places: places) ? $0 : nil
            }
        default: nil
        }
    }

    // MARK: values

    private static func value(_ cell: PlainFile.Cell, _ reading: PlainReading, _ kind: PlainKind,
                              isJSON: Bool) -> Value {
        if kind == .text {
            switch cell {
            case .missing: return .none
            // In csv an empty cell is nothing, in JSON `""` a text of no characters.
            case .bare(let text), .text(let text):
                return !isJSON && text.allSatisfy { $0 == " " } ? .none : .text(text)
            }
        }
        switch (kind, reading) {
        case (_, .nothing): return .none
        case (_, .truth(let value, _)): return .truth(value)
        case (_, .day(let day)): return .day(day)
        case (.whole, .whole(let value, _)): return .integer(value)
        case (.decimal(let places), _):
            return scaled(reading, places).map { .exact($0, places: places) } ?? .none
        default: return double(reading).map { .number($0) } ?? .none
        }
    }
}
