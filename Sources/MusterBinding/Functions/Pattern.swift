import CText
import MusterDiagnostics

/// A compiled regular expression (RE2: time linear in the text). Freed with its last user.
package final class Pattern: Sendable {
    /// An address, so that it may be shared: RE2 matching is thread-safe.
    private let address: UInt

    /// Throws a `Diagnostic` at `span` where it is none.
    package init(_ pattern: String, at span: Span? = nil) throws {
        var message = [CChar](repeating: 0, count: 200)
        let bytes = Array(pattern.utf8CString)
        guard let compiled = muster_pattern_compile(bytes, bytes.count - 1, &message,
                                                    message.count) else {
            let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
                                as: UTF8.self)
            throw Diagnostic("pattern.invalid", Message(
                zh: "正则表达式有误：\(reason)", en: "bad regular expression: \(reason)"), at: span)
        }
        address = UInt(bitPattern: compiled)
    }

    package func matches(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                muster_pattern_matches(UnsafeRawPointer(bitPattern: address), bytes.baseAddress,
                                       bytes.count) != 0
            }
        }
    }

    /// What the first group matches where the pattern first matches, all of that where it has no
    /// group; nil where nothing matches, or not the group.
    package func first(in text: String) -> String? {
        var copy = text
        return copy.withUTF8 { bytes in
            var start = 0, length = 0
            let isFound = bytes.withMemoryRebound(to: CChar.self) { bytes in
                muster_pattern_find(UnsafeRawPointer(bitPattern: address), bytes.baseAddress,
                                    bytes.count, &start, &length)
            }
            guard isFound != 0 else { return nil }
            return String(decoding: bytes[start..<start + length], as: UTF8.self)
        }
    }

    deinit { muster_pattern_free(UnsafeMutableRawPointer(bitPattern: address)) }
}
