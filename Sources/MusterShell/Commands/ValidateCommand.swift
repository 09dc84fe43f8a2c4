import MusterDiagnostics
import MusterEngine
import MusterLanguage
import MusterBinding
import MusterStore

/// `validate`: how many rows break each rule, and how many could not be loaded.
enum ValidateCommand: Command {
    static let signature = Signature(Term("validate", "校验"), [])
    static let summary = Message(zh: "按规则校验当前快照，列出各规则查出多少",
                                 en: "check the snapshot by rule and count what is found")
    static let synonyms = ["检查"]
    static let traits: CommandTraits = .rehearsed

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let data = session.environment.data else { throw session.noSnapshot(call.span) }
        if session.environment.publishesFrom != nil {
            throw Publication.refusal.placed(at: call.span)
        }
        let findings = session.environment.domain.findings
        let counts = try findings.map {
            $0.counts(try data.bringing($0.entity, session.newRun()))
        } ?? []
        let advice = counts.first.map { first in
            Message(zh: "查看各行：校验结果 | 筛选 规则 = \(first.rule.zh)",
                    en: "to see the rows: findings | where rule = \(first.rule.en)")
        } ?? Message(zh: "各条规则都没有查出问题", en: "no rule found anything")
        let found: [Effect] = [.show([.table(table(counts))]), .say(advice)]
        guard !data.snapshot.rejects.isEmpty else { return found }
        let source = SourceText(text: "rejects | count by table, reason")
        return found + [.carryOut(parse(source, vocabulary: session.vocabulary).statements, source)]
    }

    private static func table(_ counts: [FindingCount]) -> ResultTable {
        ResultTable(columns: [
            ResultColumn(name: Term("rule", "规则")),
            ResultColumn(name: Term("severity", "严重程度")),
            ResultColumn(name: Term("n", "数量"), isNumeric: true),
            ResultColumn(name: Term("example", "例如")),
            ResultColumn(name: Term("meaning", "说明")),
        ], cells: [
            counts.map { .term($0.rule) },
            counts.map { .term($0.severity) },
            counts.map { .integer(Int64($0.count)) },
            counts.map { .text($0.example) },
            counts.map { .term(Term($0.meaning.en, $0.meaning.zh)) },
        ], rowCount: counts.count)
    }
}
