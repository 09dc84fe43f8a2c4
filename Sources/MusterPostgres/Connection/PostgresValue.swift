import MusterDiagnostics
import MusterPlan
import MusterSQL

/// A value as a statement is given it: a text, and which type the server takes it for.
struct PostgresValue: Sendable, Hashable {
    /// The type's number in `pg_type`.
    let type: UInt32
    /// Nil for NULL.
    let text: String?

    init(text: String) {
        type = PostgresType.text
        self.text = text
    }

    /// Throws where it is a text that no database can hold.
    init(_ value: Constant, _ type: ValueType) throws {
        self.type = switch type {
        case .bool: PostgresType.bool
        case .integer, .decimal, .none: PostgresType.int8
        case .number: PostgresType.float8
        case .text: PostgresType.text
        case .day: PostgresType.date
        case .month, .year: PostgresType.int4
        // A row is bound by its key where it is not known by its number.
        case .row, .tableRow: if case .row = value { PostgresType.text } else { PostgresType.int4 }
        }
        text = value.boundText(type)
        if let text, text.utf8.contains(0) {
            throw Diagnostic("postgres.nul", Message(
                zh: "数据库不能存放空字符（U+0000）", en: "a database holds no character U+0000"),
                hint: Message(zh: "请去掉这个字符", en: "take that character out"))
        }
    }
}

/// Types by their numbers in `pg_type`, which never change.
enum PostgresType {
    static let bool: UInt32 = 16, name: UInt32 = 19, int8: UInt32 = 20, int2: UInt32 = 21
    static let int4: UInt32 = 23, text: UInt32 = 25, float4: UInt32 = 700, float8: UInt32 = 701
    static let unknown: UInt32 = 705, bpchar: UInt32 = 1042, varchar: UInt32 = 1043
    static let date: UInt32 = 1082, timestamp: UInt32 = 1114, numeric: UInt32 = 1700
}
