import MusterDiagnostics
import MusterStore

/// Whether two results are equal as an answer is judged: number of columns and values in the
/// order of columns. Headings may differ; the order of rows counts only where the reference is
/// sorted, and there not among rows that are tied. Numbers are equal to nine digits, so that
/// another way of computing them passes.
struct ResultComparison {
    let expected: ResultTable
    var order = RowOrder.any

    func isEqual(_ given: ResultTable) -> Bool {
        guard given.columns.count == expected.columns.count,
              given.rowCount == expected.rowCount else { return false }
        guard case .runs(let runs, let all) = order else {
            let reading = CellReading(expected, given)
            return ReadRow.isSame(reading.rows(expected), reading.rows(given))
        }
        let reading = CellReading(all, given)
        let wanted = reading.rows(all), got = reading.rows(given)
        return runs.allSatisfy { run in
            ReadRow.isPart(got[run.clamped(to: got.indices)], of: wanted[run])
        }
    }

    /// What differs, as far as the two results alone show it; nil where they are equal.
    func finding(_ given: ResultTable) -> LessonFinding? {
        if isEqual(given) { return nil }
        if let finding = columnsFinding(given) { return finding }
        let reading = CellReading(expected, given)
        let wanted = reading.rows(expected), got = reading.rows(given)
        if !order.isAny, ReadRow.isSame(wanted, got) {
            return LessonFinding(.order, Message(
                zh: "行和数都对，只是行的次序不对。", en: "Rows and figures are right; their order is not."))
        }
        if let finding = totalFinding(given, reading) { return finding }
        let keys = expected.columns.prefix { $0.isKey }.count
        if keys > 0, keys < expected.columns.count {
            return groupsFinding(given, wanted, got, keys)
        }
        if wanted.count == 1, got.count == 1 { return valuesFinding(wanted, got, keys: 0) }
        return rowsFinding(wanted, got)
    }

    // MARK: columns and totals

    private func columnsFinding(_ given: ResultTable) -> LessonFinding? {
        let wanted = expected.columns.count, got = given.columns.count
        guard wanted == got else {
            let names = got < wanted ? Self.names(expected, besides: given)
                : Self.names(given, besides: expected)
            let what = got < wanted ? Message(zh: "缺", en: "missing")
                : Message(zh: "多", en: "too many")
            let list = names.isEmpty ? Message("")
                : Message(zh: "，\(what.zh) " + names.map(\.zh).joined(separator: "、"),
                          en: "; \(what.en): " + names.map(\.en).joined(separator: ", "))
            return LessonFinding(.columns, Message(
                zh: "列数不对：应有 \(wanted) 列，你的结果有 \(got) 列\(list.zh)。",
                en: "The columns differ: there should be \(wanted), yours has "
                    + "\(got)\(list.en)."))
        }
        guard let order = permutation(given), order != Array(expected.columns.indices),
              isEqual(given.reordered(order)) else { return nil }
        return LessonFinding(.columns, Message(
            zh: "数都对，列的次序应为 " + expected.columns.map(\.name.zh).joined(separator: "、") + "。",
            en: "The figures are right; the columns should stand as "
                + expected.columns.map(\.name.en).joined(separator: ", ") + "."))
    }

    private static func names(_ table: ResultTable, besides other: ResultTable) -> [Term] {
        table.columns.map(\.name).filter { name in
            !other.columns.contains { $0.name.collides(with: name) }
        }
    }

    /// Where each expected column stands in the given result, by its name.
    private func permutation(_ given: ResultTable) -> [Int]? {
        let order = expected.columns.compactMap { column in
            given.columns.firstIndex { $0.name.collides(with: column.name) }
        }
        return Set(order).count == expected.columns.count ? order : nil
    }

    private func totalFinding(_ given: ResultTable, _ reading: CellReading) -> LessonFinding? {
        guard expected.totalRows.isEmpty != given.totalRows.isEmpty else { return nil }
        let wanted = reading.rows(expected, totals: false)
        guard ReadRow.isSame(wanted, reading.rows(given, totals: false)) else { return nil }
        return given.totalRows.isEmpty
            ? LessonFinding(.total, Message(zh: "各行都对，缺合计行。",
                                            en: "All rows are right; the total is missing."))
            : LessonFinding(.total, Message(zh: "各行都对，题目没有要合计行。",
                                            en: "All rows are right; no total was asked for."))
    }
}

extension ResultTable {
    func reordered(_ order: [Int]) -> ResultTable {
        ResultTable(columns: order.map { columns[$0] }, cells: order.map { cells[$0] },
                    rowCount: rowCount, totalRows: totalRows, subtotalRows: subtotalRows)
    }
}
