import Foundation
import MusterValues
import MusterDiagnostics
import MusterStore
import Testing

/// Where the project's files are.
enum Project {
    static let top = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func path(_ relative: String) -> String { top.appending(path: relative).path }
}

/// A value as the tests write it down: a number without needless zeros and rounded to four
/// decimals, `yes`, `no`, `–` for none.
func shown(_ value: Double?) -> String {
    guard let value, !value.isNaN else { return "–" }
    let text = String(format: "%.4f", value)
    let trimmed = text.contains(".")
        ? String(text.reversed().drop { $0 == "0" }.reversed()) : text
    let plain = trimmed.hasSuffix(".") ? String(trimmed.dropLast()) : trimmed
    return plain == "-0" ? "0" : plain
}

func shown(_ value: Int) -> String { String(value) }

func shown(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? "–" }

/// A line of values for one row of a table.
func line(_ values: [String]) -> String { values.joined(separator: " ") }

/// One table of a report, its values as texts.
struct Sheet {
    let columns: [String]
    let headings: [String]
    /// Rows by the order of the table, those of `total` too: their key is `total`.
    let rows: [[String]]

    init(_ table: ResultTable) {
        columns = table.columns.map(\.name.en)
        headings = table.columns.map { ($0.label ?? $0.name).zh }
        rows = (0..<table.rowCount).map { row in
            table.columns.indices.map { column in
                let cell = table.cells[column][row]
                return cell == .none && table.columns[column].isKey ? "(none)" : Sheet.text(cell)
            }
        }
    }

    private static func text(_ cell: Cell) -> String {
        switch cell {
        case .none: "–"
        case .text(let text): text
        case .own: "direct"
        case .term(let term): term.en
        case .bool(let value): shown(value)
        case .integer(let value): String(value)
        case .decimal(let value, let places): shown(FixedPoint.double(value, places))
        case .number(let value): shown(value)
        case .day(let day): CivilDay.text(day)
        case .month(let month): CivilDay.text(ofMonth: month)
        case .year(let year): String(year)
        }
    }

    /// The named columns of all rows, in their order; nothing where one of them is not there.
    func rows(_ names: String) -> [String] {
        let places = names.split(separator: " ").map { columns.firstIndex(of: String($0)) ?? -1 }
        return places.contains(-1) ? [] : rows.map { row in line(places.map { row[$0] }) }
    }

    /// The named columns by the first one. Names are set apart by spaces; one with a space in it
    /// is written with a `·` there.
    func by(_ names: String, keys: Int = 1) -> [String: String] {
        let places = names.split(separator: " ").map { name in
            columns.firstIndex(of: String(name).replacing("·", with: " ")) ?? -1
        }
        guard !places.contains(-1) else {
            return ["no such column": columns.joined(separator: ", ")]
        }
        var result: [String: String] = [:]
        // Behind another key the units still tell their rows apart, but for subtotals.
        let unit = keys == 1 ? columns.firstIndex(of: "part") : nil
        for row in rows where unit.map({ row[$0] != "subtotal" }) ?? true {
            let key = unit.map { row[$0] } ?? row.prefix(keys).joined(separator: "/")
            #expect(result[key] == nil, "two rows for \(key)")
            result[key] = line(places.map { row[$0] })
        }
        return result
    }
}

/// The tables of a statistic on some samples, loaded in that order. `city@和平区团委` is the
/// district's part of it.
func sheets(_ script: String, on samples: String..., given: [String: String] = [:],
            asOf: String? = nil) throws -> [Sheet] {
    var given = given
    let paths = samples.map { sample -> String in
        let parts = sample.split(separator: "@").map(String.init)
        if parts.count == 2 { given["unit"] = parts[1] }
        return Project.path("samples/\(parts[0])")
    }
    return try sheets(script, onFiles: paths, given: given, asOf: asOf)
}

/// The same on snapshots by their paths.
func sheets(_ script: String, onFiles paths: [String], given: [String: String] = [:],
            asOf: String? = nil) throws -> [Sheet] {
    var question = Made.Question(script: script, paths: paths, given: given)
    if let asOf {
        let parts = asOf.split(separator: "-").compactMap { Int($0) }
        let day: Int32 = try #require(CivilDay.number(parts[0], parts[1], parts[2]))
        question.asOf = day
    }
    return try Made.outcome(question).report.tables.map(Sheet.init)
}

extension [Sheet] {
    /// The tables that have a column, in their order.
    func having(_ column: String) -> [Sheet] { filter { $0.columns.contains(column) } }
}

/// The main table of a statistic.
func sheet(_ script: String, on samples: String, given: [String: String] = [:],
           asOf: String? = nil, _ number: Int = 0) throws -> Sheet {
    let all = try sheets(script, on: samples, given: given, asOf: asOf)
    return try #require(all.indices.contains(number) ? all[number] : nil,
                        "\(script) has \(all.count) tables")
}
