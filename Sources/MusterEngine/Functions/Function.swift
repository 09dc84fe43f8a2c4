import MusterDiagnostics
import MusterLanguage

/// A function of the language: bound from its call, in the scope where it stands.
public protocol Function: Sendable {
    static var name: Term { get }
    /// How it is written: `round(x, n)`.
    static var usage: String { get }
    static var summary: Message { get }
    /// Whether it takes many rows to one value.
    static var isAggregate: Bool { get }
    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar
}

extension Function {
    public static var isAggregate: Bool { false }
}

/// A call on its way to being bound.
public struct Call {
    let name: Name
    let arguments: [Argument]
    let scope: Scope
    let span: Span
    let usage: String

    /// An error where the number of arguments is not right.
    public func expect(_ counts: ClosedRange<Int>) throws {
        guard counts.contains(arguments.count) else {
            throw Diagnostic("call.arguments", Message(
                zh: "\(name.text) 的参数个数不对（现有 \(arguments.count) 个）",
                en: "\(name.text) does not take \(arguments.count) arguments"),
                at: span, hint: Message(zh: "写法：\(usage)", en: "write \(usage)"))
        }
    }
}
