import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

/// `fields [TABLE]`.
enum FieldsCommand: Command {
    static let signature = Signature(Term("fields", "字段"), [
        Slot("table", .name, required: false, shown: Message(zh: "来源", en: "SOURCE")),
    ])
    static let summary = Message(zh: "列出一个来源的字段", en: "list the fields of a source")
    static let synonyms = ["desc", "describe", "columns", "schema", "列名"]
    static let slips: [Slip] = [
        Slip(#"^\s*(?:show\s+columns\s+(?:from|in)|\\d|info)\s+(\S+?)\s*;?\s*$"#, "\(signature.name.en) $1"),
    ]
    static let traits: CommandTraits = .rehearsed
    static let argument: CommandArgument? = .source

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let environment = session.environment, domain = session.environment.domain
        let name = call.name("table")
        let headings = [Term("name", "英文名"), Term("zh", "中文名"), Term("type", "类型"),
                        Term("meaning", "说明")]
        let binder = session.binder(call.source)
        if let name, domain.source(name.text) == nil,
           let table = environment.table(name.text) {
            return [.list(headings, table.columns.map {
                [Message($0.name.en), Message($0.name.zh), $0.type.name, Message("")]
            } + related(.table(table.reference, columns: []), binder, domain))]
        }
        let source = domain.source(name?.text ?? domain.words.hints.source.en)
        guard let source, let entity = environment.domain.entity(source.entity) else {
            throw Diagnostic("source.unknown", Message(
                zh: "没有名为“\(name?.text ?? "")”的来源",
                en: "there is no source \"\(name?.text ?? "")\""), at: name?.span,
                hint: suggestion(for: name?.text ?? "", among: environment.domain.sources
                    .map(\.name)) ?? Message(zh: "用“表格”查看有哪些来源",
                                             en: "`tables` lists those there are"))
        }
        var rows = entity.fields.map { field in
            [Message(field.name.en), Message(field.name.zh),
             environment.domain.name(of: field.type), field.gloss]
        }
        rows += entity.levels.map { level in
            [Message(level.en), Message(level.zh), environment.domain.name(of: .row(entity.name)),
             Message(zh: "该层级的上级（或自身）", en: "the ancestor (or itself) at that level")]
        }
        rows += entity.relations.map { relation in
            [Message(relation.name.en), Message(relation.name.zh),
             Message(zh: "许多行", en: "many rows"),
             relation.includesBelow
                ? Message(zh: "本行及其下级的，用于 计数() 等",
                          en: "its own and of what is below; for count() and the like")
                : Message(zh: "本行自己的，用于 计数() 等", en: "its own; for count() and the like")]
        }
        for column in environment.data?.tables[entity.name]?.undeclared ?? [] {
            rows.append([Message(column), Message(column), Message(""),
                         Message(zh: "数据自带的字段", en: "a field of the data's own")])
        }
        return [.list(headings, rows + related(.entity(entity.name), binder, domain))]
    }

    /// The names that relations give the rows.
    private static func related(_ source: RowSource, _ binder: Binder, _ domain: Domain)
        -> [[Message]] {
        binder.relations(upFrom: source).map { made in
            [Message(made.relation.up), Message(made.relation.up),
             domain.name(of: made.relation.upper.rowType), made.gloss]
        } + binder.relations(downFrom: source).map { made in
            let name = Message(made.relation.down ?? "")
            return [name, name, Message(zh: "许多行", en: "many rows"), made.gloss]
        }
    }
}
