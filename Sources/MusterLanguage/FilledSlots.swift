/// What a stage's or a command's slots were filled with, by their labels.
package protocol FilledSlots {
    var arguments: [String: SlotValue] { get }
}

extension Stage: FilledSlots {}

extension FilledSlots {
    package func expression(_ label: String) -> Expression? {
        if case .expression(let e)? = arguments[label] { e } else { nil }
    }

    package func bindings(_ label: String) -> [Binding] {
        if case .bindings(let list)? = arguments[label] { list } else { [] }
    }

    package func keys(_ label: String = "by") -> [Key] {
        if case .keys(let list)? = arguments[label] { list } else { [] }
    }

    package func sortKeys(_ label: String) -> [SortKey] {
        if case .sortKeys(let list)? = arguments[label] { list } else { [] }
    }

    /// Columns that are named; a single one too.
    package func columns(_ label: String) -> [Expression] {
        switch arguments[label] {
        case .columns(let list)?: list
        case .expression(let e)?: [e]
        default: []
        }
    }

    package func word(_ label: String) -> String? {
        if case .word(let word, _)? = arguments[label] { word } else { nil }
    }

    package func text(_ label: String) -> Template? {
        switch arguments[label] {
        case .text(let template)?, .path(let template)?: template
        default: nil
        }
    }

    package func paths(_ label: String) -> [Template] {
        if case .paths(let templates)? = arguments[label] { templates } else { [] }
    }

    package func name(_ label: String) -> Name? {
        if case .name(let name)? = arguments[label] { name } else { nil }
    }

    /// The rest of a line; nil where there is nothing.
    package func rest(_ label: String) -> String? {
        if case .rest(let text, _)? = arguments[label], !text.isEmpty { text } else { nil }
    }

    package func settings(_ label: String) -> [Setting] {
        if case .settings(let list)? = arguments[label] { list } else { [] }
    }

    package func typings(_ label: String) -> [Typing] {
        if case .typings(let list)? = arguments[label] { list } else { [] }
    }

    package func keyed(_ label: String) -> KeyedTable? {
        if case .keyed(let table)? = arguments[label] { table } else { nil }
    }

    package func names(_ label: String) -> [Name] {
        if case .words(let names)? = arguments[label] { names } else { [] }
    }

    package func statement(_ label: String) -> Statement? {
        if case .statement(let statement)? = arguments[label] { statement } else { nil }
    }
}
