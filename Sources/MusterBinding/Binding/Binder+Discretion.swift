import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// What is hidden must not be told piece by piece: not by its parts, its order, a table of
/// candidates, or what is worked out of it. See `Scalar.probes` for what may be done with it.
extension Binder {
    /// An error where an expression tells of a hidden text. What the domain itself declares (its
    /// rules for what is wrong with a number) is its own affair.
    func refuseProbe(_ scalar: Scalar, _ span: Span) throws {
        guard !isDeclared, scalar.probes else { return }
        throw hidden(span)
    }

    /// An error where a hidden text would be ordered, measured or looked up.
    func refuseHidden(_ scalar: Scalar, _ span: Span) throws {
        guard !isDeclared, scalar.type.isSensitive else { return }
        throw hidden(span)
    }

    /// A text with its parameters put in, of a type that hides what they do.
    func text(_ template: Template) -> (text: String, type: ValueType) {
        let parts = filled(template) { $0.raw }
        return (parts.map(\.text).joined(), .text(madeOf: parts.map(\.type)))
    }

    /// The same as it may be shown.
    package func shownText(_ template: Template) -> String {
        filled(template) { $0.shown }.map(\.text).joined()
    }

    private func filled(_ template: Template, _ value: (Parameter) -> String)
        -> [(text: String, type: ValueType)] {
        template.parts.map { part in
            switch part {
            case .text(let text): (text, .plainText)
            case .hole(let name):
                catalog.parameters[name.text].map { (value($0), $0.type) }
                    ?? ("{\(name.text)}", .plainText)
            }
        }
    }

    func hidden(_ span: Span) -> Diagnostic {
        let name = domain.words.sensitive.name
        return Diagnostic("sensitive.test", Message(
            zh: "须隐去的内容（如\(name.zh)）只能用 = 与写出的完整内容比较",
            en: "what is hidden (such as \(name.en)) is only compared, by =, with a whole text that "
                + "is typed out"),
            at: span, hint: Message(zh: "写 字段 = \"完整内容\"；找重复的用 计数 按 字段",
                                    en: "write FIELD = \"the whole text\"; count by FIELD finds what "
                                        + "occurs twice"))
    }
}

extension Parameter {
    /// As it stands in an expression: `2015`, `2015-10-31`, `和平区`.
    var raw: String { value.plain(as: type) }

    /// The same as it may be shown.
    package var shown: String { type.isSensitive ? masked(raw) : label ?? raw }
}
