import MusterDiagnostics

/// Loads any array of flat objects, NDJSON or CSV as a plain table whose types are inferred:
/// integer, decimal (double), boolean, day, text; a nested value is kept as its JSON text. Null
/// and an empty CSV cell are none. Each form may be gzipped.
package struct PlainTableLoader: Sendable {
    private let threads: Int
    private let blockSize: Int
    private let cancelled: @Sendable () -> Bool
    private let progress: @Sendable (SnapshotLoader.Progress) -> Void

    /// See `SnapshotLoader.init`.
    package init(threads: Int = SnapshotLoader.processors, blockSize: Int = 1 << 20,
                cancelled: @escaping @Sendable () -> Bool = { false },
                progress: @escaping @Sendable (SnapshotLoader.Progress) -> Void = { _ in }) {
        self.progress = progress
        self.threads = max(1, threads)
        self.blockSize = max(1, blockSize)
        self.cancelled = cancelled
    }

    /// Loads the file as the table `name`. Throws a `Diagnostic`; no row is ever left out.
    package func load(_ path: String, name: String) throws -> Table {
        let input = try input(path)
        var done = 0
        let options = LoadOptions(threads: threads, blockSize: blockSize, isCancelled: cancelled) {
            done += $0
            progress(SnapshotLoader.Progress(done: done, total: input.diskSize))
        }
        do {
            let load = try TableLoad.run(TableSchema(name, fields: []), input, options: options)
            let finished = try load.finish { _ in [:] }
            if let reject = load.rejects.first { throw refusal(of: reject, path) }
            // A header alone names columns that no row has shown.
            if finished.table.rowCount == 0, let header = try input.open() as? SeparatedBlocks {
                let empty = header.columnNames.map { ($0, Column.text([], .empty)) }
                return Table(name: name, rowCount: 0, columns: empty,
                             undeclared: header.columnNames)
            }
            return finished.table
        } catch let row as MalformedRow {
            throw try row.diagnostic()
        }
    }

    /// A row that is no object has no columns, and one that gives a field twice no one value.
    private func refusal(of reject: Reject, _ path: String) -> Diagnostic {
        guard reject.reason == RejectReason.repeatedField.term else {
            return Diagnostic("table.no-object",
                              Message(zh: "\(path)：第 \(reject.line) 条记录不是对象 {…}",
                                      en: "\(path): record \(reject.line) is not an object {…}"),
                              hint: Message(zh: "每条记录应形如 {\"列名\": 值}",
                                            en: "a record looks like {\"column\": value}"))
        }
        return Diagnostic("table.repeated-field",
                          Message(zh: "\(path)：第 \(reject.line) 条记录中“\(reject.field)”出现了两次",
                                  en: "\(path): record \(reject.line) gives \"\(reject.field)\" twice"),
                          hint: Message(zh: "请只保留一处", en: "keep one of them"))
    }

    private func input(_ path: String) throws -> TableInput {
        let source = try ByteSource(path: path)
        let size = source.isCompressed
            ? source.size.multipliedReportingOverflow(by: 12).partialValue : source.size
        let blockSize = blockSize
        func input(_ open: @escaping () throws -> any RowBlocks) -> TableInput {
            let file = path.split(separator: "/").last.map(String.init) ?? path
            return TableInput(path: path, file: file, size: max(0, size),
                              diskSize: source.size, open: open)
        }
        switch try form(path) {
        case .csv(let separator):
            return input {
                try SeparatedBlocks(ByteSource(path: path), separator: separator,
                                    blockSize: blockSize)
            }
        case .lines:
            return input { try LineBlocks(ByteSource(path: path), blockSize: blockSize) }
        case .array(let range):
            return input {
                try ElementBlocks(ByteSource(path: path), range: range, blockSize: blockSize)
            }
        }
    }

    private enum Form {
        /// The separator is found in the header where nil.
        case csv(separator: UInt8?)
        case lines
        case array(Range<Int>)
    }

    /// By the file's ending, else by its first character.
    private func form(_ path: String) throws -> Form {
        var name = path.lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        if name.hasSuffix(".csv") { return .csv(separator: nil) }
        if name.hasSuffix(".tsv") { return .csv(separator: UInt8(ascii: "\t")) }
        if let range = try DocumentIndex.wholeArray(path: path) { return .array(range) }
        let cursor = ByteCursor(try ByteSource(path: path))
        for mark: UInt8 in [0xEF, 0xBB, 0xBF] where try cursor.peek() == mark { try cursor.next() }
        let first = try cursor.skipSpace()
        guard first != nil || !name.hasSuffix(".json") else {
            throw Diagnostic("table.empty", Message(zh: "\(path) 是空文件，不是 JSON",
                                                    en: "\(path) is empty, and no JSON"),
                             hint: Message(zh: "文件可能未传完，请重新导出或传送",
                                           en: "the file may be incomplete: export or copy it "
                                               + "again"))
        }
        let isJSON = [".json", ".ndjson", ".jsonl"].contains { name.hasSuffix($0) }
        return isJSON || first == UInt8(ascii: "{")
            ? .lines : .csv(separator: nil)
    }
}
