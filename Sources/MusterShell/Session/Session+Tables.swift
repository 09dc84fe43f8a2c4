import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

extension Session {
    /// What loading a file as a plain table does.
    func loadedTable(_ path: String, sheet: String?, as name: Name, _ typings: [Typing],
                     _ source: SourceText) throws -> [Effect] {
        try binder(source).checkName(name)
        let wishes = typings.compactMap { typing in
            TableShape.wish(typing.type).map { (typing.column.text, $0) }
        }
        let loaded = try plainTable(path, sheet: sheet, name: name.text,
                                    wishes: Dictionary(wishes) { $1 })
        let kept = Results.frozen(loaded, name: name.text, day: environment.data?.asOf ?? 0,
                                  domain: environment.domain)
        return [.change(.table(kept, as: name.text)), .change(.source(path))]
            + report(on: loaded, path, name.text).map { .say($0) }
    }

    /// A file's rows as a plain table.
    func plainTable(_ path: String, sheet: String? = nil, name: String,
                    wishes: [String: ColumnWish] = [:]) throws -> LoadedPlainTable {
        try following(Self.loading(path)) {
            let loader = PlainTableLoader(
                threads: preferences.threads, cancelled: isInterrupted,
                progress: { [line = console.progress] in line?.count($0.done, $0.total) })
            return try loader.load(path, name: name, sheet: sheet, wishes: wishes,
                                   discretion: environment.domain.discretion)
        }
    }

    private func report(on loaded: LoadedPlainTable, _ path: String, _ name: String) -> [Message] {
        let rows = loaded.table.rowCount
        let read = loaded.encoding == .utf8 ? Message("") : Message(
            zh: "（按 \(loaded.encoding.shown) 读取）", en: " (read as \(loaded.encoding.shown))")
        return [Message(zh: "已装载表 \(name)：\(rows) 行" + read.zh,
                        en: "loaded the table \(name): \(rows) rows" + read.en)]
            + (loaded.sheet.map(told) ?? [])
            + loaded.mixed.map { mixed($0, path, name) }
            + loaded.unconverted.map { column in
                Message(zh: "列“\(column.name)”有 \(column.count) 行不能转换，记为空",
                        en: "column \"\(column.name)\": \(column.count) rows could not be "
                            + "converted and are none")
            }
    }

    /// A column that stayed text because of a few values, and the two ways to go on.
    private func mixed(_ column: MixedColumn, _ path: String, _ name: String) -> Message {
        let masked = environment.domain.words.sensitive.masked
        let examples = column.examples.map { example in
            let text = masked(example.text)
            let short = text.count > 40 ? text.prefix(40) + "…" : text
            return Message(zh: "第 \(example.line) 行“\(short)”",
                           en: "line \(example.line) \"\(short)\"")
        }
        let (type, kind) = switch column.kind {
        case .day: (Term("date", "日期"), Term("dates", "日期"))
        case .number: (Term("number", "数"), Term("numbers", "数"))
        case .bool: (Term("boolean", "是否"), Term("yes or no", "是否"))
        }
        let quoted = "`\(column.name)`"
        return Message(
            zh: "列“\(column.name)”有 \(column.rows) 个值，只有 \(column.odd) 个不是\(kind.zh)（"
                + examples.map(\.zh).joined(separator: "，") + "），按文字读取；要作\(kind.zh)："
                + "改好文件，或 装载 \"\(path)\" 为 \(name) 并以 \(quoted) 为 \(type.zh)"
                + "（不能转换的记为空）",
            en: "column \"\(column.name)\": all but \(column.odd) of \(column.rows) values are "
                + "\(kind.en) (" + examples.map(\.en).joined(separator: ", ")
                + "), so it is text; mend the file, or load \"\(path)\" as \(name) with "
                + "\(quoted) as \(type.en) (what is not becomes none)")
    }
}
