import MusterDiagnostics
import MusterImport
import MusterStore

extension ImportResult {
    /// What became of every row, sheet by sheet, and how to go on.
    func account(_ language: Language) -> [Effect] {
        var effects: [Effect] = [.showWhole([.table(table(language))])]
        effects += hiddenRows.map { .say($0) }
        effects += ownColumns.map { .say($0) }
        effects += notes.map { .say($0) }
        effects += questionLines.map { .say($0) }
        effects += idleLines.map { .say($0) }
        if let path = mappingPath {
            effects.append(.say(Message(
                zh: "标题对照已写入 \(path)：改好“字段”一列后再导入，并用 标题对照（--mapping）给出它",
                en: "what headings mean is written to \(path): mend its fields, and import again "
                    + "with it as mapping (--mapping)")))
        }
        return effects + [.say(isDryRun ? tried : written)]
    }

    private func table(_ language: Language) -> ResultTable {
        let headings = [Term("file", "文件"), Term("sheet", "工作表"), Term("table", "表"),
                        Term("heading row", "标题行"), Term("rows", "读到"), Term("taken", "收下"),
                        Term("questions", "提问"), Term("passed over", "略过"),
                        Term("why", "略过的行")]
        let numeric: Set<Int> = [3, 4, 5, 6, 7]
        let columns = headings.enumerated().map {
            ResultColumn(name: $1, isNumeric: numeric.contains($0))
        }
        var cells = [[Cell]](repeating: [], count: columns.count)
        func add(_ account: SheetAccount, total: Bool) {
            let file = account.file.split(separator: "/").last.map(String.init) ?? account.file
            let row: [Cell] = [
                total ? .term(Term("all", "全部")) : .text(file),
                total ? .none : .text(account.sheet),
                account.table.map { .term($0) } ?? .none,
                account.headingRow == 0 ? .none : .integer(Int64(account.headingRow)),
                .integer(Int64(account.read)), .integer(Int64(account.taken)),
                .integer(Int64(account.asked)), .integer(Int64(account.passedOver)),
                .text(account.passedOverWhy[language]),
            ]
            for (column, cell) in row.enumerated() { cells[column].append(cell) }
        }
        for account in accounts { add(account, total: false) }
        add(whole, total: true)
        return ResultTable(columns: columns, cells: cells, rowCount: accounts.count + 1,
                           totalRows: [accounts.count])
    }

    private var hiddenRows: [Message] {
        let hidden = whole.hidden
        guard hidden > 0 else { return [] }
        return [Message(zh: "其中 \(hidden) 行在工作簿里是隐藏的（如被筛选），也读入了",
                        en: "\(hidden) of these rows are hidden in the workbooks (by a filter, "
                            + "say) and were read too")]
    }

    /// Columns that were kept though nobody here knows them.
    private var ownColumns: [Message] {
        var names: [String] = [], sheets: [String: Int] = [:]
        for name in accounts.flatMap(\.extras) {
            if sheets[name] == nil { names.append(name) }
            sheets[name, default: 0] += 1
        }
        guard !names.isEmpty else { return [] }
        let most = names.prefix(20)
        let more = names.count > 20 ? " … (\(names.count))" : ""
        return [Message(
            zh: "不认识的列照原名保留：" + most.map { name in
                let count = sheets[name] ?? 0
                return count > 1 ? "\(name)（\(count) 张表）" : name
            }.joined(separator: "、") + more,
            en: "columns not known, kept under their own names: " + most.map { name in
                let count = sheets[name] ?? 0
                return count > 1 ? "\(name) (\(count) sheets)" : name
            }.joined(separator: ", ") + more)]
    }

    private var questionLines: [Message] {
        guard questions > 0 else {
            return [Message(zh: "没有问题", en: "no questions")]
        }
        let zh = kinds.prefix(6).map { "\($0.field.zh) \($0.count)" }.joined(separator: "，")
        let en = kinds.prefix(6).map { "\($0.field.en) \($0.count)" }.joined(separator: ", ")
        return [Message(zh: "问题 \(questions) 个（\(zh)），其中 \(notTaken) 个关系到没有收下的行",
                        en: "\(questions) questions (\(en)); \(notTaken) are of rows not taken")]
    }

    private var idleLines: [Message] {
        var lines: [Message] = []
        if corrections > 0 {
            lines.append(Message(zh: "采用更正 \(corrections) 处，记入快照的 更正 表",
                                 en: "\(corrections) corrections applied, kept in the snapshot's "
                                     + "table corrections"))
        }
        for one in idle.prefix(20) {
            lines.append(Message(
                zh: "未采用：\(one.by) 对 \(one.file) \(one.sheet) 第 \(one.row) 行“\(one.field)”："
                    + one.reason.zh,
                en: "not used: \(one.by) on \(one.file) \(one.sheet) row \(one.row), "
                    + "\(one.field): \(one.reason.en)"))
        }
        if idle.count > 20 {
            lines.append(Message(zh: "未采用的更正共 \(idle.count) 处",
                                 en: "\(idle.count) answers were not used in all"))
        }
        return lines
    }

    private var holdings: Message {
        Message(zh: tables.map { "\($0.name.zh) \($0.rows)" }.joined(separator: "，"),
                en: tables.map { "\($0.name.en) \($0.rows)" }.joined(separator: ", "))
    }

    private var tried: Message {
        Message(zh: "试读完毕，没有写快照和问题；将有：\(holdings.zh)",
                en: "only tried: no snapshot and no questions were written; there would be "
                    + holdings.en)
    }

    private var written: Message {
        let where_ = questionsPath
        return Message(
            zh: "已写入 \(target)：\(holdings.zh)"
                + (where_.map { "；问题在 \($0)，填好“更正”一列后再导入，并用 更正（--corrections）给出它" } ?? ""),
            en: "written to \(target): \(holdings.en)"
                + (where_.map { "; the questions are in \($0): fill in the corrections, and import "
                    + "again with it as corrections (--corrections)" } ?? ""))
    }
}
