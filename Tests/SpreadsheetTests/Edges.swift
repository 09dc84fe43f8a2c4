import MusterDiagnostics
import MusterStore

/// Texts and numbers that go wrong in spreadsheets, and how they must read there.
enum Edges {
    private static let rows: [(Cell, Cell, read: (String, String))] = [
        (.text("=1+1"), .integer(1), ("=1+1", "1")),
        (.text("+86 22 2830"), .integer(-1), ("+86 22 2830", "-1")),
        (.text("-2"), .integer(999_999_999_999_999), ("-2", "999999999999999")),
        // More digits than a spreadsheet keeps are a text.
        (.text("@SUM(A1)"), .integer(1_000_000_000_000_001), ("@SUM(A1)", "1000000000000001")),
        (.text("007"), .integer(.max), ("007", "9223372036854775807")),
        (.text("2015-06"), .integer(.min), ("2015-06", "-9223372036854775808")),
        (.text("TRUE"), .decimal(-5, places: 2), ("TRUE", "-0.05")),
        (.text("_x0041_"), .decimal(123_456_789, places: 2), ("_x0041_", "1234567.89")),
        (.text("a\tb\nc\u{1}d"), .number(.infinity), (#"a\tb"# + "\n" + #"c\u{1}d"#, "inf")),
        (.text("<&>\"'"), .number(.nan), ("<&>\"'", "")),
        (.text("\u{FFFE}x"), .number(1e-7), ("\u{FFFD}x", "0.0000001")),
        (.text("👩‍👩‍👧 𠮷"), .none, ("👩‍👩‍👧 𠮷", "")),
        (.text(""), .number(0), ("", "0")),
        (.term(Term("=total", "=合计")), .number(0.5), ("=total", "0.5")),
    ]

    static let table = ResultTable(
        columns: [ResultColumn(name: Term("=text")),
                  ResultColumn(name: Term("number"), isNumeric: true)],
        cells: [rows.map(\.0), rows.map(\.1)], rowCount: rows.count)

    static var read: [[String]] { rows.map { [$0.read.0, $0.read.1] } }
}
