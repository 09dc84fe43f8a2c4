import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

/// The columns of a result, from binary form to vectors.
struct ReceivedColumns {
    private let result: PostgresResult

    init(_ result: PostgresResult) { self.result = result }

    /// Throws where the result has other columns than these, or a number that does not fit.
    func vectors(_ types: [ValueType]) throws -> [Vector] {
        guard types.isEmpty || types.count == result.columnCount else {
            throw unexpected(Message(zh: "列数 \(result.columnCount)，应为 \(types.count)",
                                     en: "\(result.columnCount) columns for \(types.count)"))
        }
        return try types.enumerated().map { try vector($0, $1) }
    }

    private func vector(_ column: Int, _ type: ValueType) throws -> Vector {
        switch type {
        case .bool: .bool(try values(column, None.bool) { try bool($0, $1) })
        case .integer, .decimal, .none:
            .int(try values(column, None.integer) { try whole($0, $1) })
        case .number: .double(try values(column, None.double) { try double($0, $1) })
        case .text: try texts(column)
        case .day: .day(try values(column, None.day) { try day($0, $1) })
        case .month, .year: .day(try values(column, None.day) { try short($0, $1) })
        case .row, .tableRow: .row(try values(column, None.row) { try short($0, $1) })
        }
    }

    private typealias Bytes = UnsafeBufferPointer<UInt8>

    private func values<T>(_ column: Int, _ none: T, _ read: (Bytes, UInt32) throws -> T) rethrows
        -> [T] {
        let type = result.type(column)
        return try (0..<result.rowCount).map { row in
            try result.bytes(row, column).map { try read($0, type) } ?? none
        }
    }

    private func texts(_ column: Int) throws -> Vector {
        let type = result.type(column)
        guard [PostgresType.text, PostgresType.varchar, PostgresType.bpchar, PostgresType.name,
               PostgresType.unknown].contains(type) else { throw unexpected(type) }
        var builder = TextBuilder()
        let codes = (0..<result.rowCount).map { row in
            result.bytes(row, column).map { builder.code(String(decoding: $0, as: UTF8.self)) }
                ?? None.code
        }
        return .text(codes, builder.dictionary)
    }

    // MARK: single values

    private static func big<T: FixedWidthInteger>(_ bytes: Bytes, _: T.Type) -> T? {
        guard bytes.count == MemoryLayout<T>.size else { return nil }
        return bytes.reduce(0) { $0 << 8 | T(truncatingIfNeeded: $1) }
    }

    private func bool(_ bytes: Bytes, _ type: UInt32) throws -> UInt8 {
        guard type == PostgresType.bool, bytes.count == 1 else { throw unexpected(type) }
        return bytes[0] == 0 ? 0 : 1
    }

    private func whole(_ bytes: Bytes, _ type: UInt32) throws -> Int64 {
        let value: Int64?
        switch type {
        case PostgresType.int8: value = Self.big(bytes, Int64.self)
        case PostgresType.int4: value = Self.big(bytes, Int32.self).map(Int64.init)
        case PostgresType.int2: value = Self.big(bytes, Int16.self).map(Int64.init)
        case PostgresType.numeric:
            guard let number = PostgresNumeric(bytes), number.isWhole else {
                throw unexpected(type)
            }
            guard let whole = number.whole else { throw Diagnostic.overflow }
            value = whole
        default: value = nil
        }
        guard let value else { throw unexpected(type) }
        // The least one stands for none.
        if value == None.integer { throw Diagnostic.overflow }
        return value
    }

    private func short(_ bytes: Bytes, _ type: UInt32) throws -> Int32 {
        guard let value = Int32(exactly: try whole(bytes, type)) else { throw Diagnostic.overflow }
        return value
    }

    private func double(_ bytes: Bytes, _ type: UInt32) throws -> Double {
        switch type {
        case PostgresType.float8:
            if let bits = Self.big(bytes, UInt64.self) { return Double(bitPattern: bits) }
        case PostgresType.float4:
            if let bits = Self.big(bytes, UInt32.self) { return Double(Float(bitPattern: bits)) }
        case PostgresType.numeric:
            if let number = PostgresNumeric(bytes) { return number.double }
        default: return Double(try whole(bytes, type))
        }
        throw unexpected(type)
    }

    /// Days are counted from 2000 there. A `timestamp` is what some of its kind make of a day.
    private func day(_ bytes: Bytes, _ type: UInt32) throws -> Int32 {
        let from: Int64 = 10_957
        let days: Int64?
        switch type {
        case PostgresType.date: days = Self.big(bytes, Int32.self).map(Int64.init)
        case PostgresType.timestamp:
            days = Self.big(bytes, Int64.self).map {
                let day: Int64 = 86_400_000_000
                return ($0 - (($0 % day) + day) % day) / day
            }
        default: days = nil
        }
        guard let days else { throw unexpected(type) }
        guard let day = Int32(exactly: days + from), day < None.day - 1 else {
            throw Diagnostic.overflow
        }
        return day
    }

    private func unexpected(_ type: UInt32) -> Diagnostic {
        unexpected(Message(zh: "类型 \(type)", en: "type \(type)"))
    }

    private func unexpected(_ what: Message) -> Diagnostic {
        Diagnostic("postgres.result", Message(
            zh: "数据库的结果不是所要的形式（\(what.zh)）",
            en: "the database's result is not of the form asked for (\(what.en))"),
            hint: Message(zh: "这是程序的缺陷，请报告给维护者", en: "this is a fault of the program: "
                + "please report it"))
    }
}
