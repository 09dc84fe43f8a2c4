import CSimdjson
import MusterDiagnostics

/// A value of a small object that is read as a whole: a manifest, one of its targets.
enum JSONValue: Equatable {
    case text(String)
    /// As written.
    case number(String)
    case bool(Bool)
    /// An object or array, as written.
    case nested(String)
    case null
}

/// A small JSON object, read through the same reader as the rows of a table.
enum JSONObject {
    /// - Parameter place: where the text begins in the file, from 0, for the byte of an error.
    static func read(_ bytes: [UInt8], path: String, line: Int = 1,
                     place: Int = 0) throws -> [String: JSONValue] {
        let fault = bytes.withUnsafeBufferPointer {
            muster_find_fault($0.baseAddress, $0.count, true)
        }
        guard fault.kind == MUSTER_FAULT_NONE else {
            let before = bytes[..<min(fault.offset, bytes.count)].count { $0 == 10 }
            throw Malformed(path: path, line: line + before, byte: place + fault.offset + 1,
                            kind: fault.kind).diagnostic
        }
        // Sound JSON has line breaks only between its parts.
        let block = BlockBuffer(capacity: bytes.count)
        for (index, byte) in bytes.enumerated() { block.memory[index] = byte == 10 ? 32 : byte }
        let table = muster_table_new()
        defer { muster_table_free(table) }
        let worker = muster_worker_new(table)
        defer { muster_worker_free(worker) }
        var unused = muster_fault()
        let status = muster_worker_parse(worker, block.memory, bytes.count, 0, &unused)
        guard status == MUSTER_OK, muster_worker_commit(worker) == MUSTER_OK else {
            throw Malformed(path: path, line: line, byte: place + 1,
                            kind: MUSTER_FAULT_SYNTAX).diagnostic
        }
        var rejected = 0
        if let reject = muster_worker_rejects(worker, &rejected), rejected > 0 {
            let name = text(reject.pointee.name, reject.pointee.name_length)
            throw Diagnostic("snapshot.repeated-key",
                             Message(zh: "\(path)：“\(name)”出现了两次",
                                     en: "\(path): \"\(name)\" stands twice"),
                             hint: Message(zh: "请只保留一处", en: "keep one of them"))
        }
        return values(of: table)
    }

    private static func values(of table: OpaquePointer?) -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        for index in 0..<muster_table_extra_count(table) {
            let extra = muster_table_extra(table, index)
            let value: JSONValue
            if extra.texts.count == 0 {
                value = .null
            } else {
                let whole = text(extra.texts.bytes + 1, Int(extra.texts.offsets[1]) - 1)
                switch muster_token(UInt32(extra.texts.bytes[0])) {
                case MUSTER_TOKEN_TEXT: value = .text(whole)
                case MUSTER_TOKEN_BOOLEAN: value = .bool(whole == "true")
                case MUSTER_TOKEN_NESTED: value = .nested(whole)
                default: value = .number(whole)
                }
            }
            values[text(extra.name, extra.name_length)] = value
        }
        return values
    }

    private static func text(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    /// The elements of a sound array, as written; nil where the text is none.
    static func elements(of array: String) -> [String]? {
        let bytes = Array(array.utf8)
        guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") else { return nil }
        var elements: [String] = []
        var depth = 0, start = 1, inString = false, isEscaped = false
        for (index, byte) in bytes.enumerated().dropFirst() {
            if inString {
                if isEscaped { isEscaped = false } else if byte == 0x5C { isEscaped = true }
                else if byte == 0x22 { inString = false }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): inString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","):
                if depth == 0 {
                    let text = bytes[start..<index].drop { $0 <= 0x20 }
                    if !text.isEmpty { elements.append(String(decoding: text, as: UTF8.self)) }
                    start = index + 1
                } else if byte != UInt8(ascii: ",") {
                    depth -= 1
                }
            default: break
            }
        }
        return elements
    }
}
