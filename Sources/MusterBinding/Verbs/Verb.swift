import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// A runnable example with what it shows.
package struct Example: Sendable {
    package let text: String
    package let meaning: Message

    package init(_ text: String, _ meaning: Message) {
        self.text = text
        self.meaning = meaning
    }
}

/// A verb: what it is called and how written, what it is good for, and what it means in terms
/// of the kernel. Help, completion, the reference and the parser know it from here only.
package protocol Verb: Sendable {
    static var signature: Signature { get }
    static var summary: Message { get }
    /// Whether the columns behind it are those before it, so that binding can go on behind a
    /// fault in it.
    static var keepsColumns: Bool { get }
    /// What only its own plans compute in memory.
    static var kernels: [FunctionKernel] { get }
    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan
}

extension Verb {
    package static var keepsColumns: Bool { false }
    package static var kernels: [FunctionKernel] { [] }
}

extension Stage {
    func expression(_ label: String) -> Expression? {
        if case .expression(let e)? = arguments[label] { e } else { nil }
    }

    func bindings(_ label: String) -> [MusterLanguage.Binding] {
        if case .bindings(let list)? = arguments[label] { list } else { [] }
    }

    func keys(_ label: String = "by") -> [Key] {
        if case .keys(let list)? = arguments[label] { list } else { [] }
    }

    func sortKeys(_ label: String) -> [SortKey] {
        if case .sortKeys(let list)? = arguments[label] { list } else { [] }
    }

    func columns(_ label: String) -> [Expression] {
        switch arguments[label] {
        case .columns(let list)?: list
        case .expression(let e)?: [e]
        default: []
        }
    }

    func word(_ label: String) -> String? {
        if case .word(let word, _)? = arguments[label] { word } else { nil }
    }

    func text(_ label: String) -> Template? {
        switch arguments[label] {
        case .text(let template)?, .path(let template)?: template
        default: nil
        }
    }

    func name(_ label: String) -> Name? {
        if case .name(let name)? = arguments[label] { name } else { nil }
    }
}
