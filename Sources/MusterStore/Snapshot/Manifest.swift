import CSimdjson
import MusterDiagnostics

/// What a snapshot says of itself: `manifest.json`, or the keys of a document beside its tables.
struct Manifest {
    let asOf: Int32
    let source: String
    let targets: [ManifestTarget]

    /// Checks the manifest's keys; keys it does not know are passed over.
    init(_ values: [String: JSONValue], path: String, schema: SnapshotSchema) throws {
        try Self.checkFormat(values["format"], path, schema.format)
        asOf = try Self.day(values["as_of"], path)
        switch values["source"] ?? .null {
        case .text(let text): source = text
        case .null: source = ""
        default:
            throw Diagnostic("snapshot.source",
                             Message(zh: "\(path)：source（来源）应为文本",
                                     en: "\(path): source must be a text"),
                             hint: Message(zh: "请改为带引号的文本", en: "put it in quotes"))
        }
        targets = try Self.targets(values["targets"] ?? .null, path, schema.targetOwner)
            ?? schema.defaultTargets
    }

    private static func checkFormat(_ value: JSONValue?, _ path: String,
                                    _ wanted: String) throws {
        if value == .text(wanted) { return }
        let hint = Message(zh: "format 应为 \"\(wanted)\"；若只是普通表格，请写：装载 \"…\" 为 名称",
                           en: "format must be \"\(wanted)\"; for a plain table say "
                               + "load \"…\" as NAME")
        switch value ?? .null {
        case .text(let found), .number(let found), .nested(let found):
            throw Diagnostic("snapshot.format",
                             Message(zh: "\(path)：不支持的格式 \(found.prefix(80))",
                                     en: "\(path): unsupported format \(found.prefix(80))"),
                             hint: hint)
        case .bool, .null:
            throw Diagnostic("snapshot.format",
                             Message(zh: "\(path)：没有注明格式（format）",
                                     en: "\(path): no format is stated"), hint: hint)
        }
    }

    private static func day(_ value: JSONValue?, _ path: String) throws -> Int32 {
        let hint = Message(zh: "请写成 \"as_of\": \"2015-10-31\" 的形式",
                           en: "write it like \"as_of\": \"2015-10-31\"")
        switch value ?? .null {
        case .text(let text):
            if let day = Self.day(text) { return day }
            throw Diagnostic("snapshot.as-of",
                             Message(zh: "\(path)：截至日期（as_of）“\(text.prefix(40))”无效",
                                     en: "\(path): as_of \"\(text.prefix(40))\" is not a day"),
                             hint: hint)
        case .null:
            throw Diagnostic("snapshot.as-of",
                             Message(zh: "\(path)：缺少截至日期（as_of）",
                                     en: "\(path): as_of is missing"), hint: hint)
        default:
            throw Diagnostic("snapshot.as-of",
                             Message(zh: "\(path)：截至日期（as_of）应为日期文本",
                                     en: "\(path): as_of must be a day in quotes"), hint: hint)
        }
    }

    private static func day(_ text: String) -> Int32? {
        var text = text
        let day = text.withUTF8 { muster_day($0.baseAddress, $0.count) }
        return day == None.day ? nil : day
    }

    // MARK: Targets

    private static func targets(_ value: JSONValue, _ path: String, _ owner: String) throws
        -> [ManifestTarget]? {
        guard value != .null else { return nil }
        guard case .nested(let array) = value, let entries = JSONObject.elements(of: array) else {
            throw Diagnostic("snapshot.targets",
                             Message(zh: "\(path)：targets（目标）应为数组",
                                     en: "\(path): targets must be an array"), hint: targetHint)
        }
        return try entries.enumerated().map { index, entry in
            try target(entry, number: index + 1, path, owner)
        }
    }

    private static let targetHint = Message(
        zh: "每项应形如 {\"year\": 2015, \"rate\": 0.5, \"by\": \"2015-10-31\"}",
        en: "an entry looks like {\"year\": 2015, \"rate\": 0.5, \"by\": \"2015-10-31\"}")

    private static func target(_ entry: String, number: Int, _ path: String, _ owner: String) throws
        -> ManifestTarget {
        func fail(_ what: Message) -> Diagnostic {
            Diagnostic("snapshot.targets",
                       Message(zh: "\(path)：targets 第 \(number) 项\(what.zh)",
                               en: "\(path): entry \(number) of targets \(what.en)"),
                       hint: targetHint)
        }
        guard entry.first == "{" else {
            throw fail(Message(zh: "不是对象", en: "is not an object"))
        }
        let values = try JSONObject.read(Array(entry.utf8), path: path)
        guard case .number(let digits)? = values["year"], let year = Int(digits),
              (1900...2199).contains(year) else {
            throw fail(Message(zh: "的 year（年度）缺失或无效", en: "has no valid year"))
        }
        guard case .number(let digits)? = values["rate"], let rate = millionths(digits),
              (0...1_000_000).contains(rate) else {
            throw fail(Message(zh: "的 rate（比率）应为 0 至 1 之间的数",
                               en: "needs a rate between 0 and 1"))
        }
        var by: Int32?
        switch values["by"] ?? .null {
        case .null: break
        case .text(let text):
            by = day(text)
            if by == nil { fallthrough }
        default: throw fail(Message(zh: "的 by（期限）不是有效日期", en: "has a by that is no day"))
        }
        switch values[owner] ?? .null {
        case .null: return ManifestTarget(year: year, rate: rate, by: by, owner: nil)
        case .text(let id) where !id.isEmpty:
            return ManifestTarget(year: year, rate: rate, by: by, owner: id)
        default:
            throw fail(Message(zh: "的 \(owner) 应为编号", en: "has a \(owner) that is no id"))
        }
    }

    private static func millionths(_ digits: String) -> Int64? {
        var digits = digits, value: Int64 = 0
        let isSound = digits.withUTF8 { muster_millionths($0.baseAddress, $0.count, &value) }
        return isSound ? value : nil
    }
}
