import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// A function of the language: bound from its call, in the scope where it stands.
package protocol Function: Sendable {
    static var name: Term { get }
    /// How it is written: `round(x, n)`.
    static var usage: Message { get }
    static var summary: Message { get }
    /// What other tools and people call just this, and write with the same arguments.
    static var synonyms: [String] { get }
    /// What else people look for who are helped by this.
    static var topics: [String] { get }
    /// Whether it takes many rows to one value.
    static var isAggregate: Bool { get }
    /// Where it is of use.
    static var use: FunctionUse { get }
    /// What is said of values that it makes none of: "3 different values …".
    static var unanswered: Message { get }
    /// What plans that call it need in memory, by the names that they use.
    static var kernels: [FunctionKernel] { get }
    /// The same in SQL, for those that a database can compute.
    static var sql: [FunctionSQL] { get }
    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar
}

/// What a function is written for.
package enum FunctionUse: Sendable {
    /// A value of one row.
    case value
    /// One value of many rows: in a grouping, or over the rows that belong to a row.
    case rows
    /// A grouping key.
    case key
    /// A value over the rows of a finished result.
    case result
    /// The declarations of a domain or a script: nothing that one types in the shell.
    case declaration
}

extension Function {
    package static var synonyms: [String] { [] }
    package static var topics: [String] { [] }
    package static var isAggregate: Bool { false }
    package static var use: FunctionUse { isAggregate ? .rows : .value }
    package static var unanswered: Message {
        Message(zh: "不能转换", en: "could not be converted")
    }
    package static var kernels: [FunctionKernel] { [] }
    package static var sql: [FunctionSQL] { [] }
}

/// A call on its way to being bound.
package struct Call {
    let name: Name
    package let arguments: [Argument]
    let scope: Scope
    let span: Span
    let usage: Message

    /// An error where the number of arguments is not right.
    package func expect(_ counts: ClosedRange<Int>) throws {
        guard counts.contains(arguments.count) else {
            throw Diagnostic("call.arguments", Message(
                zh: "\(name.text) 的参数个数不对（现有 \(arguments.count) 个）",
                en: "\(name.text) does not take \(arguments.count) arguments"),
                at: span, hint: Message(zh: "写作：\(usage.zh)", en: "write \(usage.en)"))
        }
    }
}
