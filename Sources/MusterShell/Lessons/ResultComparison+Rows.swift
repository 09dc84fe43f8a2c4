import MusterDiagnostics
import MusterStore

/// What differs in results that have the same columns.
extension ResultComparison {
    func rowsFinding(_ wanted: [ReadRow], _ got: [ReadRow]) -> LessonFinding {
        let missing = wanted.filter { row in !got.contains { $0.isEqual(row) } }
        let extra = got.filter { row in !wanted.contains { $0.isEqual(row) } }
        let list = Self.list(missing, extra, Term("rows", "行"))
        return LessonFinding(.rows, Message(
            zh: "行不对：应有 \(wanted.count) 行，你的结果有 \(got.count) 行；"
                + list.zh + "。",
            en: "The rows differ: there should be \(wanted.count), yours has \(got.count); "
                + list.en + "."))
    }

    func groupsFinding(_ given: ResultTable, _ wanted: [ReadRow], _ got: [ReadRow],
                       _ keys: Int) -> LessonFinding {
        let wantedKeys = wanted.map { $0.prefix(keys) }, gotKeys = got.map { $0.prefix(keys) }
        let missing = wantedKeys.filter { key in !gotKeys.contains { $0.isEqual(key) } }
        let extra = gotKeys.filter { key in !wantedKeys.contains { $0.isEqual(key) } }
        guard missing.isEmpty, extra.isEmpty else {
            for column in 0..<keys {
                guard let periods = periods(missing, extra, column, given) else { continue }
                return LessonFinding(.period, periods)
            }
            let list = Self.list(missing, extra, Term("groups", "组"))
            return LessonFinding(.rows, Message(zh: "\(list.zh)。", en: "\(list.en)."))
        }
        let inOrder = wantedKeys.map { key in
            gotKeys.firstIndex { $0.isEqual(key) }.map { got[$0] } ?? ReadRow(values: [])
        }
        return valuesFinding(wanted, inOrder, keys: keys)
    }

    /// `缺 2 组，例如 A；多 1 组，例如 B`.
    private static func list(_ missing: [ReadRow], _ extra: [ReadRow], _ noun: Term)
        -> Message {
        func part(_ rows: [ReadRow], _ zh: String, _ en: String) -> Message? {
            guard let first = rows.first else { return nil }
            return Message(zh: "\(zh) \(rows.count) \(noun.zh)，例如 \(first.shown(.zh))",
                           en: "\(noun.en) \(en): \(rows.count), such as \(first.shown(.en))")
        }
        let parts = [part(missing, "缺", "missing"), part(extra, "多", "too many")]
            .compactMap { $0 }
        return Message(zh: parts.map(\.zh).joined(separator: "；"),
                       en: parts.map(\.en).joined(separator: "; "))
    }

    /// Periods among the groups that are missing or too many.
    private func periods(_ missing: [ReadRow], _ extra: [ReadRow], _ column: Int,
                         _ given: ResultTable) -> Message? {
        guard expected.cells[column].contains(where: \.isPeriod),
              given.cells[column].contains(where: \.isPeriod) else { return nil }
        func values(_ rows: [ReadRow], notIn known: ResultTable) -> [String] {
            let known = Set(known.cells[column].map { ReadValue($0, [:]).shown(.zh) })
            return Set(rows.map { $0.values[column].shown(.zh) }).subtracting(known).sorted()
        }
        let over = values(extra, notIn: expected), under = values(missing, notIn: given)
        let name = expected.columns[column].name
        func list(_ values: [String], _ mark: String, _ more: String) -> String {
            values.prefix(4).joined(separator: mark) + (values.count > 4 ? more : "")
        }
        var parts: [Message] = []
        for (values, zh, en) in [(over, "多了", "too many"), (under, "缺", "missing")]
        where !values.isEmpty {
            parts.append(Message(
                zh: "\(zh) \(values.count) 个\(name.zh)：" + list(values, "、", " 等"),
                en: "\(values.count) of \(name.en) \(en): " + list(values, ", ", " …")))
        }
        guard !parts.isEmpty else { return nil }
        return Message(zh: parts.map(\.zh).joined(separator: "；") + "。",
                       en: parts.map(\.en).joined(separator: "; ") + ".")
    }

    /// The same groups, or one row each, with other figures. Rows stand in the same order.
    func valuesFinding(_ wanted: [ReadRow], _ got: [ReadRow], keys: Int) -> LessonFinding {
        let differing = (keys..<expected.columns.count).filter { column in
            zip(wanted, got).contains { !$0.value(column).isEqual($1.value(column)) }
        }
        let names = differing.map { expected.columns[$0].name }
        func isAmong(_ name: String) -> Bool { names.contains { $0.en == name } }
        let place = ["of", "n", "rate"].map { name in
            expected.columns.firstIndex { $0.name.en == name }
        }
        if let of = place[0], place[1] != nil, place[2] != nil {
            if isAmong("of"), !isAmong("n") { return denominator(of, wanted, got) }
            if isAmong("n"), !isAmong("of") {
                return LessonFinding(.numerator, Message(
                    zh: "分母（总数）对，分子（人数）不对：看看比率后面的条件。",
                    en: "The denominator (of) is right; the people counted (n) are not: look at "
                        + "the condition behind rate."))
            }
            if isAmong("of"), isAmong("n") {
                return LessonFinding(.values, Message(
                    zh: "分母（总数）和分子（人数）都不对：先看来源、日期和前面的筛选。",
                    en: "Denominator (of) and people counted (n) are both wrong: look at the "
                        + "source, the day and the filters first."))
            }
        }
        guard let one = got.first, wanted.count == 1, keys == 0 else {
            return LessonFinding(.values, Message(
                zh: "各组都对，数不对的列：" + names.map(\.zh).joined(separator: "、") + "。",
                en: "The groups are right; these columns are not: "
                    + names.map(\.en).joined(separator: ", ") + "."))
        }
        let direction = one.values.count == 1
            ? wanted[0].values[0].direction(of: one.values[0]) : nil
        return LessonFinding(.values, Message(
            zh: "列对，数不对：你的结果是 \(one.shown(.zh))\(direction.map { "，" + $0.zh } ?? "")。",
            en: "The columns are right, the figures are not: yours are \(one.shown(.en))"
                + (direction.map { ", " + $0.en } ?? "") + "."))
    }

    private func denominator(_ column: Int, _ wanted: [ReadRow], _ got: [ReadRow])
        -> LessonFinding {
        func sum(_ rows: [ReadRow]) -> Double {
            rows.reduce(0) { $0 + ($1.value(column).number ?? 0) }
        }
        let isLarge = sum(got) > sum(wanted)
        return LessonFinding(.denominator, isLarge
            ? Message(zh: "分子（人数）对，分母（总数）偏大：不该算的人也算进了分母。",
                      en: "The people counted (n) are right; the denominator (of) is too large: "
                        + "it holds people that do not belong.")
            : Message(zh: "分子（人数）对，分母（总数）偏小：该算进分母的人，前面已经筛掉了。",
                      en: "The people counted (n) are right; the denominator (of) is too small: "
                        + "people that belong were filtered out before."))
    }
}

extension ReadRow {
    func value(_ column: Int) -> ReadValue {
        values.indices.contains(column) ? values[column] : .none
    }

    func shown(_ language: Language) -> String {
        values.prefix(6).map { $0.shown(language) }.joined(separator: " · ")
    }
}

extension ReadValue {
    var number: Double? { if case .number(let value) = self { value } else { nil } }

    /// Whether another number is too large or too small beside this one.
    fileprivate func direction(of other: ReadValue) -> Message? {
        guard let own = number, let other = other.number else { return nil }
        return other > own ? Message(zh: "偏大，有不该算的也算进来了", en: "too large")
            : Message(zh: "偏小，有该算的没有算", en: "too small")
    }
}

extension Cell {
    fileprivate var isPeriod: Bool {
        switch self {
        case .year, .month: true
        default: false
        }
    }
}
