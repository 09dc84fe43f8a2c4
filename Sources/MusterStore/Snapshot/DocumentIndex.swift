import CSimdjson
import MusterDiagnostics

/// Where the tables of a document stand, and its other values. Found in one pass that keeps
/// nothing of the tables.
struct DocumentIndex {
    /// By key: the bytes between an array's brackets.
    private(set) var ranges: [String: Range<Int>] = [:]
    private(set) var values: [String: JSONValue] = [:]

    private let cursor: ByteCursor
    private let tables: Set<String>
    private static let longestValue = 16 << 20

    init(path: String, tables: [String]) throws {
        self.tables = Set(tables)
        cursor = ByteCursor(try ByteSource(path: path))
        try skipMark()
        try readObject()
        if try cursor.skipSpace() != nil { throw fail(MUSTER_FAULT_TRAILING) }
    }

    /// The place of the array that makes up a whole file, or nil where the file holds none.
    static func wholeArray(path: String) throws -> Range<Int>? {
        let index = DocumentIndex(cursor: ByteCursor(try ByteSource(path: path)))
        try index.skipMark()
        guard try index.cursor.skipSpace() == UInt8(ascii: "[") else { return nil }
        let range = try index.passArray()
        if try index.cursor.skipSpace() != nil { throw index.fail(MUSTER_FAULT_TRAILING) }
        return range
    }

    private init(cursor: ByteCursor) {
        self.cursor = cursor
        tables = []
    }

    private func fail(_ kind: muster_fault_kind) -> Diagnostic {
        Malformed(path: cursor.path, line: cursor.line, byte: cursor.position + 1,
                  kind: kind).diagnostic
    }

    private func skipMark() throws {
        guard try cursor.peek() == 0xEF else { return }
        for byte: UInt8 in [0xEF, 0xBB, 0xBF] {
            guard try cursor.peek() == byte else { throw fail(MUSTER_FAULT_UTF8) }
            try cursor.next()
        }
    }

    private mutating func readObject() throws {
        guard let first = try cursor.skipSpace() else { throw fail(MUSTER_FAULT_TRUNCATED) }
        // JSON begins with ASCII: this is another encoding, such as UTF-16 or GBK.
        guard first < 0x80 else { throw fail(MUSTER_FAULT_UTF8) }
        guard first == UInt8(ascii: "{") else { throw fail(MUSTER_FAULT_NOT_OBJECT) }
        try cursor.next()
        if try cursor.skipSpace() == UInt8(ascii: "}") {
            try cursor.next()
            return
        }
        while true {
            try readMember()
            switch try cursor.skipSpace() {
            case UInt8(ascii: ","): try cursor.next()
            case UInt8(ascii: "}"):
                try cursor.next()
                return
            case nil: throw fail(MUSTER_FAULT_TRUNCATED)
            default: throw fail(MUSTER_FAULT_SYNTAX)
            }
        }
    }

    private mutating func readMember() throws {
        guard let quote = try cursor.skipSpace() else { throw fail(MUSTER_FAULT_TRUNCATED) }
        guard quote == UInt8(ascii: "\"") else { throw fail(MUSTER_FAULT_SYNTAX) }
        let (line, place) = (cursor.line, cursor.position)
        var member: [UInt8] = [UInt8(ascii: "{")]
        try passString { member.append($0) }
        let name = String(decoding: member[2..<(member.count - 1)], as: UTF8.self)
        while cursor.position > place, let byte = try cursor.peek(),
              ByteCursor.isSpace(byte) {
            member.append(byte)
            try cursor.next()
        }
        guard let colon = try cursor.peek() else { throw fail(MUSTER_FAULT_TRUNCATED) }
        guard colon == UInt8(ascii: ":") else { throw fail(MUSTER_FAULT_SYNTAX) }
        member.append(colon)
        try cursor.next()
        if tables.contains(name), try cursor.skipSpace() == UInt8(ascii: "[") {
            guard ranges[name] == nil else { throw repeated(name) }
            ranges[name] = try passArray()
            return
        }
        try passValue { byte in
            member.append(byte)
            guard member.count <= Self.longestValue else {
                throw tooLarge(name)
            }
        }
        member.append(UInt8(ascii: "}"))
        for (key, value) in try JSONObject.read(member, path: cursor.path, line: line,
                                                place: place - 1) {
            if tables.contains(key), value != .null { throw notAnArray(key) }
            guard values.updateValue(value, forKey: key) == nil else { throw repeated(key) }
        }
    }

    private func repeated(_ name: String) -> Diagnostic {
        Diagnostic("snapshot.repeated-key",
                   Message(zh: "\(cursor.path)：“\(name)”出现了两次",
                           en: "\(cursor.path): \"\(name)\" stands twice"),
                   hint: Message(zh: "请只保留一处", en: "keep one of them"))
    }

    private func tooLarge(_ name: String) -> Diagnostic {
        Diagnostic("snapshot.too-large",
                   Message(zh: "\(cursor.path)：“\(name)”的内容过大",
                           en: "\(cursor.path): the value of \"\(name)\" is too large"),
                   hint: Message(zh: "请移去该项", en: "leave it out"))
    }

    private func notAnArray(_ name: String) -> Diagnostic {
        Diagnostic("snapshot.no-table",
                   Message(zh: "\(cursor.path)：“\(name)”应为数组",
                           en: "\(cursor.path): \"\(name)\" must be an array"),
                   hint: Message(zh: "请写成 [{…}, …] 的形式", en: "write it as [{…}, …]"))
    }

    // MARK: Passing over

    private func passString(_ see: (UInt8) throws -> Void) throws {
        var isEscaped = false, isFirst = true
        while let byte = try cursor.peek() {
            if byte < 0x20 { throw fail(MUSTER_FAULT_CONTROL) }
            try see(byte)
            try cursor.next()
            if isEscaped { isEscaped = false } else if byte == 0x5C { isEscaped = true }
            else if byte == 0x22, !isFirst { return }
            isFirst = false
        }
        throw fail(MUSTER_FAULT_TRUNCATED)
    }

    /// Up to the comma or bracket behind a value.
    private func passValue(_ see: (UInt8) throws -> Void) throws {
        var depth = 0
        while let byte = try cursor.peek() {
            switch byte {
            case UInt8(ascii: "\""):
                try passString(see)
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if depth == 0 { return }
                depth -= 1
            case UInt8(ascii: ","): if depth == 0 { return }
            default: break
            }
            try see(byte)
            try cursor.next()
        }
        throw fail(MUSTER_FAULT_TRUNCATED)
    }

    /// From the opening bracket to behind the closing one; what stands between them.
    private func passArray() throws -> Range<Int> {
        try cursor.next()
        let start = cursor.position
        var depth = 0
        while let byte = try cursor.peek() {
            switch byte {
            case UInt8(ascii: "\""):
                try passString { _ in }
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]") where depth == 0:
                let end = cursor.position
                try cursor.next()
                return start..<end
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
            try cursor.next()
            if depth < 0 { throw fail(MUSTER_FAULT_SYNTAX) }
        }
        throw fail(MUSTER_FAULT_TRUNCATED)
    }
}
