/// A csv text as rows of fields; several tables are set apart by an empty line.
package enum CSVText {
    package static func tables(_ text: String) -> [[[String]]] {
        var tables: [[[String]]] = [], table: [[String]] = [], row: [String] = []
        var field: [UInt8] = [], isQuoted = false, wasQuoted = false
        let bytes = Array(text.utf8)
        var place = 0
        func endField() {
            row.append(String(decoding: field, as: UTF8.self))
            field = []
        }
        func endRow() {
            let isEmpty = row.isEmpty && field.isEmpty && !wasQuoted
            // A table of one column shows none as an empty line too: only before a heading
            // does one set tables apart, so callers compare tables one at a time.
            if isEmpty {
                if !table.isEmpty { tables.append(table) }
                table = []
            } else {
                endField()
                table.append(row)
            }
            row = []
            wasQuoted = false
        }
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if isQuoted {
                if byte != 0x22 {
                    field.append(byte)
                } else if place < bytes.count, bytes[place] == 0x22 {
                    field.append(0x22)
                    place += 1
                } else {
                    isQuoted = false
                }
            } else if byte == 0x22 {
                (isQuoted, wasQuoted) = (true, true)
            } else if byte == 0x2C {
                endField()
                wasQuoted = true
            } else if byte == 0x0A {
                endRow()
            } else if byte != 0x0D {
                field.append(byte)
            }
        }
        if !row.isEmpty || !field.isEmpty { endRow() }
        if !table.isEmpty { tables.append(table) }
        return tables
    }

    /// One table, in which an empty line is a row of one empty field.
    package static func table(_ text: String) -> [[String]] {
        text.isEmpty ? [] : tables(text.replacingEmptyLines()).first ?? []
    }
}

extension String {
    fileprivate func replacingEmptyLines() -> String {
        var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines.map { $0.isEmpty ? "\"\"" : $0 }.joined(separator: "\n") + "\n"
    }
}

extension Sheet {
    /// The first thing in which a csv differs from a sheet; nil where they are equal. Numbers
    /// are equal within a billionth part.
    package func difference(_ csv: [[String]]) -> String? {
        if columns.isEmpty {
            return csv.joined().allSatisfy(\.isEmpty) ? nil : "columns \(csv[0]), expected none"
        }
        guard let head = csv.first else { return "no table" }
        // A pivot makes numbers headings; a sum over nothing does not know that it is of hours.
        guard head.count == columns.count,
              zip(head, columns).allSatisfy({ CSVText.isSameHeading($0, $1) }) else {
            return "columns \(head), expected \(columns)"
        }
        let lines = csv.dropFirst()
        for (place, (got, expected)) in zip(lines, rows).enumerated() {
            for (column, (got, expected)) in zip(got, expected).enumerated() {
                if !CSVText.isSame(got, expected, exactly: isExact[place][column]) {
                    return "row \(place + 1), \(columns[column]): \(got.debugDescription), "
                        + "expected \(expected.debugDescription)"
                }
            }
            if got.count != expected.count { return "row \(place + 1) has \(got.count) fields" }
        }
        if lines.count != rows.count {
            return "\(lines.count) rows, expected \(rows.count)"
        }
        return nil
    }
}

extension CSVText {
    /// Word by word: `2.5 n`.
    static func isSameHeading(_ a: String, _ b: String) -> Bool {
        let (a, b) = (a.split(separator: " "), b.split(separator: " "))
        return a.count == b.count && zip(a, b).allSatisfy { isSame(String($0), String($1)) }
    }

    /// Texts by their code points; numbers that are meant exactly to the last digit.
    static func isSame(_ a: String, _ b: String, exactly isExact: Bool = false) -> Bool {
        if a.utf8.elementsEqual(b.utf8) { return true }
        if isExact { return shortened(a) == shortened(b) }
        guard let a = Double(a), let b = Double(b) else { return false }
        return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-3)
    }

    /// Without zeros behind the point.
    private static func shortened(_ number: String) -> String {
        guard number.contains(".") else { return number }
        var digits = Substring(number)
        while digits.last == "0" { digits = digits.dropLast() }
        return digits.last == "." ? String(digits.dropLast()) : String(digits)
    }
}
