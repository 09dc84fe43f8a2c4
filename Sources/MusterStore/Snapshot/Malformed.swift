import CSimdjson
import MusterDiagnostics

/// Where a text stops being JSON, as a person reads it.
struct Malformed {
    let path: String
    let line: Int
    /// Byte of the (decompressed) file, from 1.
    let byte: Int
    let kind: muster_fault_kind

    /// What is wrong at that place, and the way out.
    var diagnostic: Diagnostic {
        Diagnostic(
            "snapshot.malformed",
            Message(zh: "\(path)：第 \(line) 行（文件第 \(byte) 字节）\(reason.zh)",
                    en: "\(path), line \(line) (byte \(byte) of the file): \(reason.en)"),
            hint: hint)
    }

    private var reason: Message {
        switch kind {
        case MUSTER_FAULT_UTF8:
            Message(zh: "不是有效的 UTF-8 编码", en: "not valid UTF-8")
        case MUSTER_FAULT_CONTROL:
            Message(zh: "引号内有未转义的控制字符或换行",
                    en: "a control character or line break inside a string")
        case MUSTER_FAULT_ESCAPE:
            Message(zh: "转义序列无效", en: "an invalid escape sequence")
        case MUSTER_FAULT_TRUNCATED:
            Message(zh: "内容不完整，在此处中断", en: "cut off here")
        case MUSTER_FAULT_NUMBER:
            Message(zh: "数字写法无效", en: "an invalid number")
        case MUSTER_FAULT_DEPTH:
            Message(zh: "嵌套过深", en: "nested too deeply")
        case MUSTER_FAULT_NOT_OBJECT:
            Message(zh: "应为 JSON 对象 {…}", en: "expected a JSON object {…}")
        case MUSTER_FAULT_QUOTE:
            Message(zh: "收尾引号之后应为分隔符或行末",
                    en: "expected a separator or the end of the line behind the closing quote")
        case MUSTER_FAULT_TRAILING:
            Message(zh: "结束之后还有多余内容", en: "something follows its end")
        default:
            Message(zh: "不符合 JSON 语法", en: "not JSON")
        }
    }

    private var hint: Message {
        switch kind {
        case MUSTER_FAULT_UTF8:
            Message(zh: "请将文件另存为 UTF-8 编码", en: "save the file as UTF-8")
        case MUSTER_FAULT_TRUNCATED:
            Message(zh: "文件可能未传完，请重新导出或传送",
                    en: "the file may be incomplete: export or copy it again")
        default:
            Message(zh: "请更正该处后重新载入", en: "mend that place and load again")
        }
    }
}

/// A row that is not JSON, before its line is known (elements of an array are told by index).
struct MalformedRow: Error {
    let path: String
    /// From 1; 0 where it must still be counted.
    let line: Int
    /// Byte of the decompressed file, from 0.
    let place: Int
    let kind: muster_fault_kind

    /// The fault with its line, counted in a second reading where need be.
    func diagnostic() throws -> Diagnostic {
        var line = line
        if line == 0 {
            let cursor = ByteCursor(try ByteSource(path: path))
            while cursor.position < place, try cursor.next() != nil {}
            line = cursor.line
        }
        return Malformed(path: path, line: line, byte: place + 1, kind: kind).diagnostic
    }
}
