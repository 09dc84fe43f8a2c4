import MusterDiagnostics

/// A line that the driver answers with.
struct SparkAnswer {
    /// A single value of a column.
    enum Cell: Equatable {
        case none
        case bool(Bool)
        case whole(Int64)
        case double(Double)
        case text(String)
    }

    private(set) var id = -1
    /// Whether there are more lines of the same answer.
    private(set) var hasMore = false
    private(set) var columns: [[Cell]] = []
    private(set) var fault: SparkFault?

    /// Throws a `Diagnostic` where the bytes are no such line.
    init(_ bytes: UnsafeRawBufferPointer) throws {
        var reader = JSONReader(bytes)
        var kind: String?, state = "", text = ""
        try reader.object { key, reader in
            switch key {
            case "id": if case .whole(let number) = try reader.cell() { id = Int(number) }
            case "more": hasMore = try reader.cell() == .bool(true)
            case "error": if case .text(let word) = try reader.cell() { kind = word }
            case "state": if case .text(let word) = try reader.cell() { state = word }
            case "text": if case .text(let words) = try reader.cell() { text = words }
            case "columns":
                try reader.array { reader in
                    var cells: [Cell] = []
                    try reader.array { cells.append(try $0.cell()) }
                    columns.append(cells)
                }
            default: _ = try reader.cell()
            }
        }
        fault = kind.map { SparkFault(kind: $0, state: state, text: text) }
    }
}

/// Reads the JSON that the driver writes: objects and arrays of plain values.
private struct JSONReader {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private var fault: Diagnostic {
        Diagnostic("spark.answer", Message(
            zh: "Spark 驱动程序的回答不成形（第 \(place + 1) 字节）",
            en: "the answer of Spark's driver is malformed (byte \(place + 1))"),
            hint: Message(zh: "这是程序的缺陷，请报告给维护者", en: "this is a fault of the program: "
                + "please report it"))
    }

    private mutating func skip() {
        while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skip()
        guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    mutating func object(_ body: (String, inout JSONReader) throws -> Void) throws {
        guard take("{") else { throw fault }
        if take("}") { return }
        repeat {
            guard case .text(let key) = try cell(), take(":") else { throw fault }
            try body(key, &self)
        } while take(",")
        guard take("}") else { throw fault }
    }

    mutating func array(_ body: (inout JSONReader) throws -> Void) throws {
        guard take("[") else { throw fault }
        if take("]") { return }
        repeat { try body(&self) } while take(",")
        guard take("]") else { throw fault }
    }

    mutating func cell() throws -> SparkAnswer.Cell {
        skip()
        guard place < bytes.count else { throw fault }
        switch bytes[place] {
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "n"): try word("null"); return .none
        case UInt8(ascii: "t"): try word("true"); return .bool(true)
        case UInt8(ascii: "f"): try word("false"); return .bool(false)
        default: return try number()
        }
    }

    private mutating func word(_ word: StaticString) throws {
        guard place + word.utf8CodeUnitCount <= bytes.count,
              (0..<word.utf8CodeUnitCount).allSatisfy({
                  bytes[place + $0] == word.utf8Start[$0]
              }) else { throw fault }
        place += word.utf8CodeUnitCount
    }

    private mutating func number() throws -> SparkAnswer.Cell {
        let start = place
        while place < bytes.count, Self.isOfNumber(bytes[place]) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if let whole = Int64(text) { return .whole(whole) }
        guard let double = Double(text) else { throw fault }
        return .double(double)
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: true
        default: false
        }
    }

    private mutating func text() throws -> String {
        place += 1
        let start = place
        while place < bytes.count, bytes[place] != 0x22, bytes[place] != 0x5C { place += 1 }
        guard place < bytes.count else { throw fault }
        if bytes[place] == 0x22 {
            defer { place += 1 }
            return String(decoding: bytes[start..<place], as: UTF8.self)
        }
        var all = Array(bytes[start..<place])
        while place < bytes.count, bytes[place] != 0x22 {
            if bytes[place] == 0x5C { try escape(&all) } else { all.append(bytes[place]) }
            place += 1
        }
        guard place < bytes.count else { throw fault }
        place += 1
        return String(decoding: all, as: UTF8.self)
    }

    /// Leaves the place at the last byte of what a backslash began. Everything but control
    /// characters is written as it is.
    private mutating func escape(_ all: inout [UInt8]) throws {
        place += 1
        guard place < bytes.count else { throw fault }
        switch bytes[place] {
        case UInt8(ascii: "n"): all.append(0x0A)
        case UInt8(ascii: "r"): all.append(0x0D)
        case UInt8(ascii: "t"): all.append(0x09)
        case UInt8(ascii: "b"): all.append(0x08)
        case UInt8(ascii: "f"): all.append(0x0C)
        case UInt8(ascii: "u"):
            guard place + 4 < bytes.count,
                  let number = UInt32(String(decoding: bytes[(place + 1)...(place + 4)],
                                             as: UTF8.self), radix: 16),
                  let scalar = Unicode.Scalar(number) else { throw fault }
            all.append(contentsOf: String(scalar).utf8)
            place += 4
        case let byte: all.append(byte)
        }
    }
}
