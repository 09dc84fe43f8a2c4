import MusterDiagnostics

/// The document form of a snapshot: one JSON object, the manifest's keys and an array a table.
/// A first reading finds where the arrays stand; each is then read where and when it is needed.
struct SnapshotDocument: SnapshotForm {
    let manifest: [String: JSONValue]
    let manifestPath: String
    private let index: DocumentIndex
    private let blockSize: Int

    init(path: String, schema: SnapshotSchema, blockSize: Int) throws {
        manifestPath = path
        self.blockSize = blockSize
        index = try DocumentIndex(path: path, tables: schema.tables.map(\.file))
        manifest = index.values
    }

    func input(for table: TableSchema) throws -> TableInput? {
        guard let range = index.ranges[table.file] else { return nil }
        let path = manifestPath, blockSize = blockSize
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return TableInput(path: path, file: name, size: range.count, diskSize: range.count) {
            try ElementBlocks(ByteSource(path: path), range: range, blockSize: blockSize)
        }
    }

    func missing(_ table: TableSchema) -> Diagnostic {
        Diagnostic("snapshot.no-table",
                   Message(zh: "\(manifestPath)：缺少数组 \(table.file)",
                           en: "\(manifestPath): the array \(table.file) is missing"),
                   hint: Message(zh: "请补上该数组，无记录时写作 []",
                                 en: "add it; without rows it is []"))
    }
}
