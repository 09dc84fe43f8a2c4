import MusterDiagnostics
import MusterEngine
import MusterLanguage

/// `values FIELD`: the values that occur among members (or the named source), with counts.
enum ValuesCommand: Command {
    static let signature = Signature(Term("values", "取值"), [Slot("field", .column)])
    static let summary = Message(zh: "某字段有哪些值、各有多少（人员字段在团员中数，其他字段在所属来源中数）",
                                 en: "the values of a field with counts: among members, or in the source that has it")

    static func run(_ call: CommandCall, _ session: Session) throws {
        guard case .columns(let columns)? = call.arguments["field"],
              let expression = columns.first,
              case .path(let names) = expression.kind, let first = names.first else { return }
        let domain = session.environment.domain
        // The first source whose rows have the field: members, else units, service …
        let source = domain.sources.first { source in
            guard let entity = domain.entity(source.entity) else { return false }
            return entity.fields.contains {
                $0.name.matches(first.text) || $0.name.en.hasPrefix(first.text + ".")
            } || session.environment.data?.tables[entity.name]?.undeclared
                .contains(first.text) == true
        } ?? domain.source("members")
        guard let source else { return }
        let query = "\(source.name.en) | count by \(call.source.slice(expression.span))"
        let text = SourceText(text: query)
        let script = parse(text, vocabulary: session.environment.registry)
        for statement in script.statements { try session.execute(statement, text) }
    }
}
