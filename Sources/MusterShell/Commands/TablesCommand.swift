import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage

/// `tables`.
enum TablesCommand: Command {
    static let signature = Signature(Term("tables", "表格"), [])
    static let summary = Message(zh: "列出可查询的来源和表", en: "list the sources and tables")
    static let synonyms = ["ls", "dir"]
    static let slips: [Slip] = [
        Slip(#"^\s*(?:show\s+tables|\\dt?|\.tables|\.schema)\s*;?\s*$"#, "\(signature.name.en)"),
    ]
    static let traits: CommandTraits = .rehearsed

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let environment = session.environment
        var rows = try environment.domain.sources.map { source in
            [Message(source.name.en), Message(source.name.zh), source.gloss,
             // A table that nothing has read yet is not worked out for its number of rows.
             Message(environment.data?.knownRowCount(source.entity) == nil ? ""
                        : "\(try session.count(source))")]
        }
        for (name, table) in environment.tables.sorted(by: { $0.key < $1.key }) {
            let isMade = name == AmbiguousKeys.name.en
            let related = environment.relations.filter {
                environment.holds($0) && $0.relation.lower.table == table.reference
            }.map(\.gloss)
            let gloss = isMade
                ? Message(zh: "关联时不唯一的键", en: "keys that relate found more than once")
                : Message(zh: "装载或存下的表", en: "a table loaded or kept")
            rows.append([Message(name), Message(isMade ? AmbiguousKeys.name.zh : name),
                         Message(zh: ([gloss.zh] + related.map(\.zh)).joined(separator: "；"),
                                 en: ([gloss.en] + related.map(\.en)).joined(separator: "; ")),
                         Message("\(table.frame.count)")])
        }
        for (name, _) in environment.definitions.sorted(by: { $0.key < $1.key }) {
            rows.append([Message(name), Message(name),
                         Message(zh: "用“令”定义", en: "defined with let"), Message("")])
        }
        return [.list([Term("name", "英文名"), Term("zh", "中文名"), Term("meaning", "说明"),
                       Term("rows", "行数")], rows)]
    }
}
