import MusterDiagnostics
import MusterStore

/// Whether two results are equal as an answer is judged: number of columns and values in the
/// order of columns. Headings may differ; the order of rows counts only where the reference is
/// sorted. Numbers are equal to nine digits, so that another way of computing them passes.
struct ResultComparison {
    let expected: ResultTable
    let isSorted: Bool

    func isEqual(_ given: ResultTable) -> Bool {
        guard given.columns.count == expected.columns.count,
              given.rowCount == expected.rowCount else { return false }
        let reading = CellReading(expected, given)
        return matches(reading.rows(expected), reading.rows(given), inOrder: isSorted)
    }

    private func matches(_ expected: [ReadRow], _ given: [ReadRow], inOrder: Bool) -> Bool {
        guard expected.count == given.count else { return false }
        let (left, right) = inOrder ? (expected, given) : (expected.sorted(), given.sorted())
        return zip(left, right).allSatisfy { $0.isEqual($1) }
    }

    /// What differs, as far as the two results alone show it; nil where they are equal.
    func finding(_ given: ResultTable) -> LessonFinding? {
        if isEqual(given) { return nil }
        if let finding = columnsFinding(given) { return finding }
        let reading = CellReading(expected, given)
        let wanted = reading.rows(expected), got = reading.rows(given)
        if isSorted, matches(wanted, got, inOrder: false) {
            return LessonFinding(.order, Message(
                zh: "行和数都对，只是行的次序不对。", en: "Rows and figures are right; their order is not."))
        }
        if let finding = totalFinding(given, reading) { return finding }
        let keys = expected.columns.prefix { $0.isKey }.count
        if keys > 0, keys < expected.columns.count {
            return groupsFinding(given, wanted, got, keys)
        }
        return rowsFinding(wanted, got)
    }

    // MARK: columns and totals

    private func columnsFinding(_ given: ResultTable) -> LessonFinding? {
        let wanted = expected.columns.count, got = given.columns.count
        guard wanted == got else {
            let names = expected.columns.filter { column in
                !given.columns.contains { $0.name.collides(with: column.name) }
            }.map(\.name)
            let isNamed = got < wanted && !names.isEmpty
            let missing = isNamed
                ? Message(zh: "，缺 " + names.map(\.zh).joined(separator: "、"),
                          en: "; missing: " + names.map(\.en).joined(separator: ", "))
                : Message("")
            return LessonFinding(.columns, Message(
                zh: "列数不对：应有 \(wanted) 列，你的结果有 \(got) 列\(missing.zh)。",
                en: "The columns differ: there should be \(wanted), yours has "
                    + "\(got)\(missing.en)."))
        }
        guard let order = permutation(given), order != Array(expected.columns.indices),
              isEqual(given.reordered(order)) else { return nil }
        return LessonFinding(.columns, Message(
            zh: "数都对，列的次序应为 " + expected.columns.map(\.name.zh).joined(separator: "、") + "。",
            en: "The figures are right; the columns should stand as "
                + expected.columns.map(\.name.en).joined(separator: ", ") + "."))
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
        guard matches(wanted, reading.rows(given, totals: false), inOrder: false) else {
            return nil
        }
        return given.totalRows.isEmpty
            ? LessonFinding(.total, Message(zh: "各行都对，缺合计行。",
                                            en: "All rows are right; the total is missing."))
            : LessonFinding(.total, Message(zh: "各行都对，题目没有要合计行。",
                                            en: "All rows are right; no total was asked for."))
    }

    // MARK: rows

    private func rowsFinding(_ wanted: [ReadRow], _ got: [ReadRow]) -> LessonFinding {
        if wanted.count == 1, got.count == 1 {
            return LessonFinding(.values, Message(
                zh: "列对，数不对：你的结果是 \(shown(got[0]))。",
                en: "The columns are right, the figures are not: yours are \(shown(got[0]))."))
        }
        let missing = wanted.filter { row in !got.contains { $0.isEqual(row) } }.count
        let extra = got.filter { row in !wanted.contains { $0.isEqual(row) } }.count
        return LessonFinding(.rows, Message(
            zh: "行不对：应有 \(wanted.count) 行，你的结果有 \(got.count) 行；缺 \(missing) 行，多 \(extra) 行。",
            en: "The rows differ: there should be \(wanted.count), yours has \(got.count); "
                + "\(missing) are missing, \(extra) do not belong."))
    }

    private func groupsFinding(_ given: ResultTable, _ wanted: [ReadRow], _ got: [ReadRow],
                               _ keys: Int) -> LessonFinding {
        let wantedKeys = wanted.map { $0.prefix(keys) }, gotKeys = got.map { $0.prefix(keys) }
        let missing = wantedKeys.filter { key in !gotKeys.contains { $0.isEqual(key) } }
        let extra = gotKeys.filter { key in !wantedKeys.contains { $0.isEqual(key) } }
        guard missing.isEmpty, extra.isEmpty else {
            return keysFinding(missing, extra, keys)
        }
        let differing = (keys..<expected.columns.count).filter { column in
            zip(wanted, wantedKeys).contains { row, key in
                guard let place = gotKeys.firstIndex(where: { $0.isEqual(key) }) else {
                    return true
                }
                return !row.values[column].isEqual(got[place].values[column])
            }
        }
        return valuesFinding(differing, given)
    }

    /// Groups that are missing or too many; a period is named as one.
    private func keysFinding(_ missing: [ReadRow], _ extra: [ReadRow], _ keys: Int)
        -> LessonFinding {
        for column in 0..<keys {
            guard let periods = periods(missing, extra, column) else { continue }
            return LessonFinding(.period, periods)
        }
        let one = missing.first ?? extra.first
        let example = one.map { shown($0) } ?? ""
        return LessonFinding(.rows, missing.isEmpty
            ? Message(zh: "多了 \(extra.count) 组，例如 \(example)。",
                      en: "\(extra.count) groups do not belong, such as \(example).")
            : Message(zh: "缺 \(missing.count) 组，例如 \(example)；多 \(extra.count) 组。",
                      en: "\(missing.count) groups are missing, such as \(example); "
                        + "\(extra.count) do not belong."))
    }

    private func periods(_ missing: [ReadRow], _ extra: [ReadRow], _ column: Int) -> Message? {
        guard expected.cells[column].contains(where: \.isPeriod) else { return nil }
        let missing = Set(missing.map { $0.values[column].shown }).sorted()
        let extra = Set(extra.map { $0.values[column].shown }).sorted()
        let known = Set(expected.cells[column].map { ReadValue($0, [:]).shown })
        let over = extra.filter { !known.contains($0) }
        guard !over.isEmpty || !missing.isEmpty else { return nil }
        let name = expected.columns[column].name
        if !over.isEmpty {
            let list = Message(zh: over.joined(separator: "、"), en: over.joined(separator: ", "))
            return Message(zh: "多了 \(over.count) 个\(name.zh)：\(list.zh)。",
                           en: "One \(name.en) too many: \(list.en).")
        }
        return Message(zh: "缺\(name.zh)：" + missing.joined(separator: "、") + "。",
                       en: "A \(name.en) is missing: " + missing.joined(separator: ", ") + ".")
    }

    private func valuesFinding(_ differing: [Int], _ given: ResultTable) -> LessonFinding {
        let names = differing.map { expected.columns[$0].name.en }
        let isRateTable = ["of", "n", "rate"].allSatisfy { name in
            expected.columns.contains { $0.name.en == name }
        }
        if isRateTable, names.contains("of"), !names.contains("n") {
            return LessonFinding(.denominator, Message(
                zh: "行对，分子也对，分母（总数）不对：比率的分母应是筛选之前的全部人。",
                en: "The rows and the counted people are right; the denominator (of) is wrong."))
        }
        if isRateTable, names.contains("n"), !names.contains("of") {
            return LessonFinding(.numerator, Message(
                zh: "行对，分母也对，分子（人数）不对：看看比率后面的条件。",
                en: "The rows and the denominator are right; the people counted (n) are wrong: "
                    + "look at the condition behind rate."))
        }
        let zh = differing.map { expected.columns[$0].name.zh }.joined(separator: "、")
        return LessonFinding(.values, Message(
            zh: "各组都对，数不对的列：\(zh)。",
            en: "The groups are right; these columns are not: \(names.joined(separator: ", "))."))
    }

    private func shown(_ row: ReadRow) -> String {
        row.values.prefix(6).map(\.shown).joined(separator: " · ")
    }
}

extension ResultTable {
    func reordered(_ order: [Int]) -> ResultTable {
        ResultTable(columns: order.map { columns[$0] }, cells: order.map { cells[$0] },
                    rowCount: rowCount, totalRows: totalRows)
    }
}

extension Cell {
    var isPeriod: Bool {
        switch self {
        case .year, .month: true
        default: false
        }
    }
}
