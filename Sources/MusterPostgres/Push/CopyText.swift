import MusterDiagnostics
import MusterSQL
import MusterStore
import MusterValues

/// Rows in the text form of COPY: values set apart by tabs, `\N` for none.
struct CopyText {
    /// Adds a row's value to the bytes.
    typealias Writer = (_ row: Int, _ bytes: inout [UInt8]) -> Void

    private let writers: [Writer]

    init(_ writers: [Writer]) { self.writers = writers }

    /// Adds a row.
    func write(_ row: Int, into bytes: inout [UInt8]) {
        for (place, write) in writers.enumerated() {
            if place > 0 { bytes.append(0x09) }
            write(row, &bytes)
        }
        bytes.append(0x0A)
    }

    /// Throws a `Diagnostic` where a text holds what no database can.
    static func writer(_ column: PushedPart.Column, in table: String) throws -> Writer {
        switch column.values {
        case .column(let values):
            return try writer(values, column.kind, place: "\(table).\(column.name)")
        case .made(let value): return { row, bytes in digits(Int64(value(row)), &bytes) }
        }
    }

    /// - Parameter place: what the column is called in messages.
    /// Throws a `Diagnostic` where a text holds what no database can.
    private static func writer(_ column: Column, _ kind: PushedColumn.Kind, place: String) throws
        -> Writer {
        switch column {
        case .text(let codes, let dictionary):
            let texts = try Escaped(dictionary, codes, place)
            return { row, bytes in
                let code = codes[row]
                if code < 0 { none(&bytes) } else { texts.append(code, &bytes) }
            }
        case .day(let days) where kind == .day:
            return { row, bytes in
                if days[row] == None.day { none(&bytes) } else { day(days[row], &bytes) }
            }
        case .day(let values): return whole(values, none: None.day)
        case .integer(let values), .decimal(let values, _):
            return whole(values, none: None.integer)
        case .hundredths(let values): return whole(values, none: None.short)
        case .reference(let rows, _): return whole(rows, none: None.row)
        case .double(let values):
            return { row, bytes in
                if values[row].isNaN { none(&bytes) } else {
                    bytes.append(contentsOf: "\(values[row])".utf8)
                }
            }
        case .bool(let values):
            return { row, bytes in
                if values[row] == None.bool { none(&bytes) } else {
                    bytes.append(values[row] == 0 ? UInt8(ascii: "f") : UInt8(ascii: "t"))
                }
            }
        }
    }

    private static func whole<T: FixedWidthInteger>(_ values: [T], none nothing: T) -> Writer {
        { row, bytes in
            if values[row] == nothing { none(&bytes) } else { digits(Int64(values[row]), &bytes) }
        }
    }

    private static func none(_ bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: "N"))
    }

    private static func digits(_ value: Int64, _ bytes: inout [UInt8]) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var left = value.magnitude, divisor: UInt64 = 1
        while left / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(left / divisor))
            left %= divisor
            divisor /= 10
        }
    }

    private static func day(_ number: Int32, _ bytes: inout [UInt8]) {
        let (year, month, day) = CivilDay.parts(number)
        func two(_ value: Int) {
            bytes.append(UInt8(ascii: "0") + UInt8(value / 10))
            bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
        }
        two(year / 100)
        two(year % 100)
        bytes.append(UInt8(ascii: "-"))
        two(month)
        bytes.append(UInt8(ascii: "-"))
        two(day)
    }
}

/// The texts of a column as COPY writes them, each made once.
private struct Escaped {
    private var bytes: [UInt8] = []
    private var offsets: [Int] = [0]

    init(_ dictionary: TextDictionary, _ codes: [Int32], _ place: String) throws {
        bytes.reserveCapacity(dictionary.bytes.count)
        offsets.reserveCapacity(dictionary.count + 1)
        for code in 0..<Int32(dictionary.count) {
            for byte in dictionary.bytes[dictionary.range(code)] {
                switch byte {
                case 0:
                    guard let row = codes.firstIndex(of: code) else { continue }
                    throw Self.nul(place, row)
                case 0x09: escape("t")
                case 0x0A: escape("n")
                case 0x0D: escape("r")
                case UInt8(ascii: "\\"): escape("\\")
                default: bytes.append(byte)
                }
            }
            offsets.append(bytes.count)
        }
    }

    private mutating func escape(_ letter: Unicode.Scalar) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: letter))
    }

    func append(_ code: Int32, _ all: inout [UInt8]) {
        all.append(contentsOf: bytes[offsets[Int(code)]..<offsets[Int(code) + 1]])
    }

    private static func nul(_ place: String, _ row: Int) -> Diagnostic {
        Diagnostic("postgres.nul", Message(
            zh: "\(place) 第 \(row + 1) 行的文字里有空字符（U+0000），数据库不能存放",
            en: "the text of \(place) in row \(row + 1) holds a character U+0000, which no "
                + "database can hold"),
            hint: Message(zh: "请在快照文件里去掉这个字符", en: "take it out in the snapshot's file"))
    }
}

extension PushedColumn.Kind {
    /// The type there. Texts are in the order of their code points.
    var sqlType: SQL {
        switch self {
        case .text: #"text collate "C""#
        case .day: "date"
        case .period, .reference: "integer"
        case .integer, .hundredths, .decimal: "bigint"
        case .double: "double precision"
        case .bool: "boolean"
        }
    }
}
