import CText
import MusterDiagnostics
import MusterLanguage
import MusterStore

extension Binder {
    func textTest(_ op: BinaryOperator, _ a: Expression, _ b: Expression, _ scope: Scope) throws
        -> Scalar {
        let left = try labelled(try bind(a, scope))
        let right = try bind(b, scope)
        for (side, span) in [(left, a.span), (right, b.span)]
        where !side.type.isText && side.type != .none {
            throw Diagnostic.mismatch(Message(
                zh: "这里须是文字，不是\(domain.name(of: side.type).zh)",
                en: "a text is needed here, not \(domain.name(of: side.type).en)"), at: span,
                hint: side.type.isNumeric
                    ? Message(zh: "数用 =、<、> 比较", en: "numbers are compared with = < >") : nil)
        }
        try refuseSensitive(left, a.span)
        guard case .text(let pattern)? = right.constantValue else {
            guard op != .matches else {
                throw Diagnostic.mismatch(Message(
                    zh: "匹配 后面须是写定的正则表达式",
                    en: "matches takes a regular expression that is written out"), at: b.span)
            }
            return Scalar(.call(Binder.textKernel(op), [left, right]), .bool)
        }
        switch op {
        case .contains:
            return Scalar(.textTest(TextTest { $0.contains(pattern) || pattern.isEmpty }, left),
                          .bool)
        case .startsWith: return Scalar(.textTest(TextTest { $0.hasPrefix(pattern) }, left), .bool)
        case .endsWith: return Scalar(.textTest(TextTest { $0.hasSuffix(pattern) }, left), .bool)
        default:
            let compiled = try Pattern(pattern, at: b.span)
            return Scalar(.textTest(TextTest { compiled.matches($0) }, left), .bool)
        }
    }

    /// What is masked must not be guessed at piece by piece; as a whole it may be looked for.
    func refuseSensitive(_ scalar: Scalar, _ span: Span) throws {
        guard scalar.type.isSensitive, foreignSource == nil else { return }
        throw Diagnostic("sensitive.test", Message(
            zh: "身份证号只能整个用 = 查找", en: "a sensitive text can only be looked for as a whole"),
            at: span, hint: Message(zh: "写 身份证号 = \"完整号码\"",
                                    en: "write id_number = \"the whole number\""))
    }

    /// A row stands for its label where a text is wanted.
    private func labelled(_ scalar: Scalar) throws -> Scalar {
        guard case .row(let name) = scalar.type, let entity = domain.entity(name),
              let label = entity.labelField else { return scalar }
        return Scalar(.field(entity: name, column: label, row: scalar),
                      entity.field(label)?.type ?? .plainText)
    }

    private static func textKernel(_ op: BinaryOperator) -> FunctionKernel {
        FunctionKernel(op.rawValue) { arguments, count in
            guard case .text(let a, let x) = arguments[0],
                  case .text(let b, let y) = arguments[1] else {
                return .bool([UInt8](repeating: 0, count: count))
            }
            return .bool((0..<count).map { row in
                guard a[row] >= 0, b[row] >= 0 else { return 0 }
                let text = x[a[row]], part = y[b[row]]
                let holds: Bool = switch op {
                case .startsWith: text.hasPrefix(part)
                case .endsWith: text.hasSuffix(part)
                default: part.isEmpty || text.contains(part)
                }
                return holds ? 1 : 0
            })
        }
    }
}

/// A compiled regular expression (RE2: time linear in the text). Freed with its last user.
private final class Pattern: Sendable {
    /// An address, so that it may be shared: RE2 matching is thread-safe.
    private let address: UInt

    init(_ pattern: String, at span: Span) throws {
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

    func matches(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                muster_pattern_matches(UnsafeRawPointer(bitPattern: address), bytes.baseAddress,
                                       bytes.count) != 0
            }
        }
    }

    deinit { muster_pattern_free(UnsafeMutableRawPointer(bitPattern: address)) }
}
