import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

extension Session {
    /// What loading a JSON, NDJSON or CSV file as a plain table does.
    func loadedTable(_ path: String, as name: Name, _ source: SourceText) throws -> [Effect] {
        try binder(source).checkName(name)
        let table = try plainTable(path, name: name.text)
        let kept = Results.frozen(table, name: name.text, day: environment.data?.asOf ?? 0)
        return [.change(.table(kept, as: name.text)),
                .say(Message(zh: "已装载表 \(name.text)：\(table.rowCount) 行",
                             en: "loaded the table \(name.text): \(table.rowCount) rows"))]
    }

    /// A file's rows as a plain table.
    func plainTable(_ path: String, name: String) throws -> Table {
        try following(Self.loading(path)) {
            let loader = PlainTableLoader(
                threads: preferences.threads, cancelled: isInterrupted,
                progress: { [line = console.progress] in line?.count($0.done, $0.total) })
            return try loader.load(path, name: name)
        }
    }
}
