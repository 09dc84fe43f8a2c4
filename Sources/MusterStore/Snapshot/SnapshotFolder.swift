import Glibc
import MusterDiagnostics

/// The folder form of a snapshot: `manifest.json` and one NDJSON file a table.
struct SnapshotFolder: SnapshotForm {
    let path: String
    let manifest: [String: JSONValue]
    let manifestPath: String
    private let blockSize: Int

    init(path: String, blockSize: Int) throws {
        self.path = path
        self.blockSize = blockSize
        guard let name = try Self.file("manifest.json", in: path) else {
            throw Diagnostic(
                "snapshot.no-manifest",
                Message(zh: "\(path)：文件夹中没有 manifest.json", en: "\(path): no manifest.json"),
                hint: Message(zh: "快照文件夹应含 manifest.json 和每张表一个文件",
                              en: "a snapshot folder holds manifest.json and a file a table"))
        }
        manifestPath = Self.join(path, name)
        var bytes = try ByteSource(path: manifestPath).readAll(limit: 16 << 20)
        var place = 0
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            bytes.removeFirst(3)
            place = 3
        }
        manifest = try JSONObject.read(bytes, path: manifestPath, place: place)
    }

    func input(for table: TableSchema) throws -> TableInput? {
        guard let name = try Self.file(table.file + ".ndjson", in: path) else { return nil }
        let whole = Self.join(path, name)
        let source = try ByteSource(path: whole)
        // Rosters shrink to about a twelfth.
        let size = source.isCompressed ? source.size.multipliedReportingOverflow(by: 12)
                                       : (source.size, false)
        let blockSize = blockSize
        return TableInput(path: whole, file: name, size: size.1 ? Int.max : size.0,
                          diskSize: source.size) {
            try LineBlocks(ByteSource(path: whole), blockSize: blockSize)
        }
    }

    func missing(_ table: TableSchema) -> Diagnostic {
        Diagnostic("snapshot.no-table",
                   Message(zh: "\(path)：缺少 \(table.file).ndjson",
                           en: "\(path): \(table.file).ndjson is missing"),
                   hint: Message(zh: "请补上该文件（也可为 .ndjson.gz）",
                                 en: "add that file (or its .gz)"))
    }

    /// The file of that name or, packed, with `.gz` behind it; both at once are an error.
    private static func file(_ name: String, in folder: String) throws -> String? {
        let found = [name, name + ".gz"].filter { access(join(folder, $0), F_OK) == 0 }
        guard found.count < 2 else {
            throw Diagnostic(
                "snapshot.two-files",
                Message(zh: "\(folder)：\(name) 与 \(name).gz 并存，无法确定以哪个为准",
                        en: "\(folder): both \(name) and \(name).gz are there"),
                hint: Message(zh: "请移走其中一个", en: "take one of them away"))
        }
        return found.first
    }

    /// All files that a snapshot in that folder may have.
    static func files(of schema: SnapshotSchema, in folder: String) -> [String] {
        let names = ["manifest.json"] + schema.tables.map { $0.file + ".ndjson" }
        return names.flatMap { [join(folder, $0), join(folder, $0 + ".gz")] }
    }

    private static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }
}
