import MusterSQL
import MusterStore
import MusterValues

/// Rows as lines of JSON, an object each: `{"a0":1,"a2":"x"}`. Columns are called by their place;
/// none is left out.
struct RowText {
    /// Adds a row's value to the bytes with what stands before it; nothing where it is none.
    private typealias Writer = (_ row: Int, _ bytes: inout [UInt8]) -> Void

    private let writers: [Writer]

    init(_ columns: [PushedPart.Column]) {
        writers = columns.enumerated().map { Self.writer($1, Array(",\"a\($0)\":".utf8)) }
    }

    /// Adds a row.
    func write(_ row: Int, into bytes: inout [UInt8]) {
        let start = bytes.count
        for write in writers { write(row, &bytes) }
        if bytes.count == start { bytes.append(UInt8(ascii: "{")) }
        bytes[start] = UInt8(ascii: "{")
        bytes.append(UInt8(ascii: "}"))
        bytes.append(0x0A)
    }

    private static func writer(_ column: PushedPart.Column, _ name: [UInt8]) -> Writer {
        switch column.values {
        case .made(let value): { row, bytes in
            bytes.append(contentsOf: name)
            bytes.append(contentsOf: String(value(row)).utf8)
        }
        case .column(let values): writer(values, column.kind, name)
        }
    }

    private static func writer(_ column: Column, _ kind: PushedColumn.Kind, _ name: [UInt8])
        -> Writer {
        switch column {
        case .text(let codes, let dictionary): return texts(codes, dictionary, name)
        case .day(let days) where kind == .day:
            return plain(days, none: None.day, name) { "\"\(CivilDay.text($0))\"" }
        case .day(let values): return plain(values, none: None.day, name) { String($0) }
        case .integer(let values), .decimal(let values, _):
            return plain(values, none: None.integer, name) { String($0) }
        case .hundredths(let values): return plain(values, none: None.short, name) { String($0) }
        case .reference(let rows, _): return plain(rows, none: None.row, name) { String($0) }
        case .bool(let values):
            return plain(values, none: None.bool, name) { $0 == 0 ? "false" : "true" }
        case .double(let values):
            return { row, bytes in
                guard !values[row].isNaN else { return }
                bytes.append(contentsOf: name)
                // What is beyond all numbers is a text in JSON.
                let text = values[row].isFinite ? "\(values[row])"
                    : values[row] < 0 ? "\"-Infinity\"" : "\"Infinity\""
                bytes.append(contentsOf: text.utf8)
            }
        }
    }

    private static func plain<T: Equatable>(_ values: [T], none nothing: T, _ name: [UInt8],
                                            _ text: @escaping (T) -> String) -> Writer {
        { row, bytes in
            guard values[row] != nothing else { return }
            bytes.append(contentsOf: name)
            bytes.append(contentsOf: text(values[row]).utf8)
        }
    }

    /// Every text is quoted once.
    private static func texts(_ codes: [Int32], _ dictionary: TextDictionary, _ name: [UInt8])
        -> Writer {
        var all: [UInt8] = [], offsets = [0]
        for code in 0..<Int32(dictionary.count) {
            JSONText.quote(dictionary.bytes[dictionary.range(code)], into: &all)
            offsets.append(all.count)
        }
        return { [all, offsets] row, bytes in
            let code = Int(codes[row])
            guard code >= 0 else { return }
            bytes.append(contentsOf: name)
            bytes.append(contentsOf: all[offsets[code]..<offsets[code + 1]])
        }
    }
}
