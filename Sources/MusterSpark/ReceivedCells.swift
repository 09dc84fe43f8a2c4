import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

extension SparkAnswer {
    /// The columns as vectors, each of the physical type of its `ValueType`. Throws a `Diagnostic`
    /// where there are other columns than these, or a number that does not fit.
    func vectors(_ types: [ValueType]) throws -> [Vector] {
        guard types.count == columns.count else {
            throw Self.unexpected(Message(zh: "列数 \(columns.count)，应为 \(types.count)",
                                          en: "\(columns.count) columns for \(types.count)"))
        }
        return try zip(columns, types).map { try Self.vector($0, $1) }
    }

    private static func vector(_ cells: [Cell], _ type: ValueType) throws -> Vector {
        switch type {
        case .bool: .bool(try cells.map { try bool($0) })
        case .integer, .decimal, .none:
            .int(try cells.map { $0 == .none ? None.integer : try whole($0) })
        case .number: .double(try cells.map { try double($0) })
        case .text: try texts(cells)
        case .day, .month, .year:
            .day(try cells.map { $0 == .none ? None.day : try short($0, less: None.day - 1) })
        case .row, .tableRow: .row(try cells.map { $0 == .none ? None.row : try short($0) })
        }
    }

    private static func texts(_ cells: [Cell]) throws -> Vector {
        var builder = TextBuilder()
        let codes = try cells.map { cell in
            switch cell {
            case .text(let text): builder.code(text)
            case .none: None.code
            default: throw unexpected(cell)
            }
        }
        return .text(codes, builder.dictionary)
    }

    private static func bool(_ cell: Cell) throws -> UInt8 {
        switch cell {
        case .bool(let value): value ? 1 : 0
        case .none: None.bool
        default: throw unexpected(cell)
        }
    }

    private static func whole(_ cell: Cell) throws -> Int64 {
        guard case .whole(let value) = cell else { throw unexpected(cell) }
        // The least one stands for none.
        if value == None.integer { throw Diagnostic.overflow }
        return value
    }

    private static func short(_ cell: Cell, less than: Int32 = .max) throws -> Int32 {
        guard let value = Int32(exactly: try whole(cell)), value < than else {
            throw Diagnostic.overflow
        }
        return value
    }

    private static func double(_ cell: Cell) throws -> Double {
        switch cell {
        case .double(let value): value
        case .whole(let value): Double(value)
        case .none, .text("NaN"): None.double
        case .text("Infinity"): .infinity
        case .text("-Infinity"): -.infinity
        default: throw unexpected(cell)
        }
    }

    private static func unexpected(_ cell: Cell) -> Diagnostic {
        let kind = switch cell {
        case .none: "null"
        case .bool: "boolean"
        case .whole: "bigint"
        case .double: "double"
        case .text: "string"
        }
        return unexpected(Message(zh: "类型 \(kind)", en: "type \(kind)"))
    }

    private static func unexpected(_ what: Message) -> Diagnostic {
        Diagnostic("spark.result", Message(
            zh: "Spark 的结果不是所要的形式（\(what.zh)）",
            en: "Spark's result is not of the form asked for (\(what.en))"),
            hint: Message(zh: "这是程序的缺陷，请报告给维护者", en: "this is a fault of the program: "
                + "please report it"))
    }
}
