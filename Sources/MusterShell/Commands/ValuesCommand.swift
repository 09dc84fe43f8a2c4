import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

/// `values FIELD`: the values that occur among members (or the named source), with counts.
enum ValuesCommand: Command {
    static let signature = Signature(Term("values", "取值"), [
        Slot("field", .column, shown: Message(zh: "字段", en: "FIELD")),
    ])
    static let summary = Message(zh: "某字段有哪些值、各有多少（在有该字段的第一个来源中数）",
                                 en: "the values of a field with counts, in the first "
                                     + "source that has it")
    static let traits: CommandTraits = .rehearsed
    static let argument: CommandArgument? = .field

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard case .columns(let columns)? = call.arguments["field"],
              let expression = columns.first,
              case .path(let names) = expression.kind, let first = names.first else { return [] }
        let domain = session.environment.domain
        let sources = domain.sources.filter { source in
            domain.entity(source.entity).map {
                has(first.text, $0, session.environment)
            } ?? false
        }.map(\.name.en) + session.environment.tables.keys.sorted()
        let path = call.source.slice(expression.span)
        var fault = unknown(first, session.environment)
        for source in sources {
            let text = SourceText(text: "\(source) | count by \(path)")
            let script = parse(text, vocabulary: session.vocabulary)
            if let wrong = ScriptChecker(session).faults(text).first {
                // A step behind a known name: the first source that has the name says it.
                if source == sources.first, names.count > 1 {
                    fault = Diagnostic(wrong.code, wrong.message, at: expression.span,
                                       hint: wrong.hint)
                }
                continue
            }
            return [.carryOut(script.statements, text)]
        }
        throw fault
    }

    private static func has(_ name: String, _ entity: EntityDefinition,
                            _ environment: Environment) -> Bool {
        entity.fields.contains { $0.name.matches(name) || $0.name.en.hasPrefix(name + ".") }
            || entity.levels.contains { $0.matches(name) }
            || environment.data?.tables[entity.name]?.undeclared.contains(name) == true
    }

    private static func unknown(_ name: Name, _ environment: Environment) -> Diagnostic {
        let known = environment.domain.entities.flatMap { $0.fields.map(\.name) + $0.levels }
        return Diagnostic("field.unknown", Message(
            zh: "没有名为“\(name.text)”的字段", en: "there is no field \"\(name.text)\""),
            at: name.span, hint: suggestion(for: name.text, among: known)
                ?? Message(zh: "用“字段”查看有哪些字段", en: "`fields` lists those there are"))
    }
}
