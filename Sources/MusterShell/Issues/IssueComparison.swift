import MusterBinding
import MusterDiagnostics
import MusterReport
import MusterStore
import MusterValues

/// What an issue says of the one before, and of what was published for its own day.
struct IssueComparison {
    /// The script's first table that has persons and rates.
    let table: ResultTable
    let current: Issue.Table

    init?(_ report: Report) {
        guard let table = report.tables.first(where: { table in
            let names = Set(table.columns.map(\.name.en))
            return names.contains(ColumnNames.persons.en) && names.contains(ColumnNames.rate.en)
        }) else { return nil }
        self.table = table
        current = Issue.Table(table)
    }

    /// The published table of the same columns that tell rows apart.
    private func published(_ issue: Issue) -> Issue.Table? {
        issue.tables.first {
            Array($0.columns.prefix($0.keys)) == Array(current.columns.prefix(current.keys))
                && $0.columns.contains(ColumnNames.persons.en)
                && $0.columns.contains(ColumnNames.rate.en)
        }
    }

    // MARK: the issue before

    /// The change of the whole since then, in a sentence.
    func sentence(since issue: Issue) -> Message? {
        let total = ColumnNames.total.en
        guard let before = published(issue),
              let now = current.rows.last(where: { row in
                  row.prefix(current.keys).allSatisfy { $0 == total }
              }),
              let then = before.byKey[Array(now.prefix(current.keys))],
              let n0 = before.value(then, ColumnNames.persons.en).flatMap({ Int($0) }),
              let n1 = current.value(now, ColumnNames.persons.en).flatMap({ Int($0) }),
              let r0 = before.value(then, ColumnNames.rate.en).flatMap({ Double($0) }),
              let r1 = current.value(now, ColumnNames.rate.en).flatMap({ Double($0) })
        else { return nil }
        let people = n1 == n0 ? Message(zh: "人数持平", en: "as many persons")
            : Message(zh: n1 > n0 ? "增加 \(n1 - n0) 人" : "减少 \(n0 - n1) 人",
                      en: n1 > n0 ? "\(n1 - n0) persons more" : "\(n0 - n1) persons fewer")
        let size = (abs(r1 - r0) * 1000).rounded() / 10
        let points = size == size.rounded() ? "\(Int(size))" : "\(size)"
        let rate = size == 0 ? Message(zh: "比率持平", en: "the rate is the same")
            : Message(zh: "比率\(r1 > r0 ? "上升" : "下降") \(points) 个百分点",
                      en: "the rate \(r1 > r0 ? "rose" : "fell") by \(points) points")
        return Message(zh: "比上期（\(issue.day)）\(people.zh)，\(rate.zh)。",
                       en: "Compared with the last issue (\(issue.day)): \(people.en), \(rate.en).")
    }

    /// Row by row: then and now, the change, and how the rank moved.
    func blocks(since issue: Issue) -> [Report.Block] {
        guard let before = published(issue) else { return [] }
        let rows = before.byKey
        func then(_ row: Int, _ column: Term) -> Double? {
            rows[Array(current.rows[row].prefix(current.keys))].flatMap {
                before.value($0, column.en)
            }.flatMap { Double($0) }
        }
        func now(_ row: Int, _ column: Term) -> Double? {
            current.value(current.rows[row], column.en).flatMap { Double($0) }
        }
        func whole(_ value: Double?) -> Cell { value.map { .integer(Int64($0)) } ?? .none }
        func change(_ row: Int, _ column: Term, up: Bool = true) -> Double? {
            guard let old = then(row, column), let new = now(row, column) else { return nil }
            return up ? new - old : old - new
        }
        let all = 0..<table.rowCount
        var columns = Array(table.columns.prefix(current.keys))
        var cells = Array(table.cells.prefix(current.keys))
        func add(_ name: Term, _ label: Term, _ display: Display, _ value: (Int) -> Cell) {
            columns.append(ResultColumn(name: name, label: label, display: display,
                                        isNumeric: true))
            cells.append(all.map(value))
        }
        let n = ColumnNames.persons, rate = ColumnNames.rate, rank = ColumnNames.rank
        add(Term("n_before", "上期人数"), Term("last issue", "上期"), .count) { whole(then($0, n)) }
        add(Term("n_now", "本期人数"), Term("this issue", "本期"), .count) { whole(now($0, n)) }
        add(Term("new_since", "新增"), Term("new since", "新增"), .count) { whole(change($0, n)) }
        add(Term("rate_before", "上期比率"), Term("rate then", "上期比率"), .percent) {
            then($0, rate).map(Cell.number) ?? .none
        }
        add(Term("rate_now", "本期比率"), Term("rate now", "本期比率"), .percent) {
            now($0, rate).map(Cell.number) ?? .none
        }
        add(Term("rate_change", "比率变化"), Term("change", "变化"), .points) {
            change($0, rate).map(Cell.number) ?? .none
        }
        if current.columns.contains(rank.en), before.columns.contains(rank.en) {
            add(Term("rank_before", "上期名次"), Term("rank then", "上期名次"), .count) {
                whole(then($0, rank))
            }
            add(Term("rank_now", "本期名次"), Term("rank now", "本期名次"), .count) {
                whole(now($0, rank))
            }
            add(Term("rank_up", "名次升降"), Term("up", "升降（升为正）"), .count) {
                whole(change($0, rank, up: false))
            }
        }
        let heading = Message(zh: "与上期（\(issue.day)）比较",
                              en: "Compared with the last issue, \(issue.day)")
        return [.heading(heading, level: 2), .table(ResultTable(
            columns: columns, cells: cells, rowCount: table.rowCount, totalRows: table.totalRows,
            subtotalRows: table.subtotalRows))]
    }

    // MARK: what was published otherwise

    /// A figure that was published otherwise.
    struct Difference {
        let keys: [String]
        let heading: [String]
        let published, now: String
    }

    /// What two tables of one day say differently, in the columns that both have.
    static func differences(_ published: [Issue.Table], _ now: [Issue.Table],
                            only names: Set<String>? = nil) -> [Difference] {
        var found: [Difference] = []
        for (old, new) in zip(published, now) {
            let before = old.places, after = new.places
            let keys = old.rows.map { Array($0.prefix(old.keys)) }
                + new.rows.map { Array($0.prefix(new.keys)) }.filter { before[$0] == nil }
            for key in keys {
                for (place, column) in old.columns.enumerated() where place >= old.keys
                    && names?.contains(column) ?? true {
                    guard let own = new.columns.firstIndex(of: column) else { continue }
                    let a = before[key], b = after[key]
                    guard a.map({ old.rows[$0][place] }) != b.map({ new.rows[$0][own] }) else {
                        continue
                    }
                    let row = a.map { old.shown[$0].prefix(old.keys) }
                        ?? b.map { new.shown[$0].prefix(new.keys) }
                    found.append(Difference(
                        keys: Array(row ?? []), heading: old.headings[place],
                        published: a.map { old.shown[$0][place] } ?? "",
                        now: b.map { new.shown[$0][own] } ?? ""))
                }
            }
        }
        return found
    }

    /// The differences as a table.
    static func table(_ differences: [Difference], now: Term) -> Report.Block {
        func texts(_ value: (Difference) -> Term) -> [Cell] {
            differences.map { .term(value($0)) }
        }
        let columns = [
            ResultColumn(name: Term("row", "项目"), isKey: true),
            ResultColumn(name: Term("figure", "数字")),
            ResultColumn(name: Term("published", "公布数")), ResultColumn(name: now),
        ]
        func shown(_ text: String) -> Term { text.isEmpty ? Term("none", "无") : Term(text) }
        return .table(ResultTable(columns: columns, cells: [
            texts { Term($0.keys.joined(separator: " / ")) },
            texts { Term($0.heading.last ?? "", $0.heading.first ?? "") },
            texts { shown($0.published) }, texts { shown($0.now) },
        ], rowCount: differences.count))
    }
}
