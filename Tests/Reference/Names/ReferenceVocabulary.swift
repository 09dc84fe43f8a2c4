import MusterDiagnostics
import MusterLanguage

/// The words that the parser needs, from the contract's tables of verbs and names.
package struct ReferenceVocabulary: Vocabulary {
    private let headings: Set<String>

    /// `headings` of loaded tables are names too.
    package init(headings: [String] = []) { self.headings = Set(headings) }

    private static let by = Slot("by", keyword: Term("by", "按"), .keys, required: false)
    private static let displays = [
        Term("percent", "百分比"), Term("points", "百分点"), Term("hours", "小时"),
        Term("count", "计数"), Term("day", "日期"),
    ]

    static let verbs: [Signature] = [
        Signature(Term("where", "筛选"), [Slot("condition", .condition)]),
        Signature(Term("select", "选取"), [Slot("columns", .bindings(named: false))]),
        Signature(Term("derive", "派生"), [Slot("columns", .bindings(named: true))]),
        Signature(Term("summarize", "汇总"), [Slot("outputs", .bindings(named: false)), by]),
        Signature(Term("rate", "比率"), [Slot("condition", .condition), by]),
        Signature(Term("count", "计数"), [by]),
        Signature(Term("distinct", "去重"), [Slot("keys", .keys)]),
        Signature(Term("sort", "排序"), [Slot("keys", .sortKeys)]),
        Signature(Term("take", "取前"), [Slot("count", .number), by]),
        Signature(Term("rank", "排名"), [
            Slot("keys", .sortKeys), by,
            Slot("name", keyword: Term("as", "记为"), .name, required: false),
        ]),
        Signature(Term("label", "标注"), [
            Slot("column", .column), Slot("zh", .text, required: false),
            Slot("en", .text, required: false), Slot("display", .word(displays), required: false),
        ]),
        Signature(Term("against", "对照"), [Slot("what", .choice([
            [Slot("word", .word([Term("target", "目标")])),
             Slot("year", .expression, required: false)],
            [Slot("word", .word([Term("previous", "上期")])),
             Slot("column", .column, required: false)],
            [Slot("rate", .expression)],
        ]))]),
        Signature(Term("total", "合计"), [Slot("columns", .columns, required: false)]),
        Signature(Term("subtotal", "小计"), [Slot("columns", .columns)]),
        Signature(Term("pivot", "透视"), [
            Slot("column", .column),
            Slot("show", keyword: Term("show", "显示"), .columns, required: false),
        ]),
        Signature(Term("cumulate", "累计"), [Slot("column", .column), by]),
        Signature(Term("append", "并入"), [Slot("rows", .source)]),
        Signature(Term("into", "存为"), [Slot("name", .name)]),
    ]

    private static let commands: [Signature] = [
        Signature(Term("use", "使用"), [Slot("day", .expression)]),
        Signature(Term("drill", "展开"), [
            Slot("row", .number), Slot("column", .column, required: false),
            Slot("name", keyword: Term("into", "存为"), .name, required: false),
        ]),
        Signature(Term("relate", "关联"), [
            Slot("lower", .keyed), Slot("upper", keyword: Term("to", "到"), .keyed),
            Slot("names", keyword: Term("as", "为"), .names),
        ]),
    ]

    package func verb(_ name: String) -> Signature? {
        ReferenceVocabulary.verbs.first { $0.name.matches(name) }
    }

    package func statement(_ name: String) -> Signature? {
        ReferenceVocabulary.commands.first { $0.name.matches(name) }
    }

    package var verbNames: [Term] { ReferenceVocabulary.verbs.map(\.name) }
    package var statementNames: [Term] { ReferenceVocabulary.commands.map(\.name) }

    private static let known: Set<String> = {
        let pairs = Names.sources + Names.levels + Names.fields + Names.columns + Names.others
            + Names.functions
        var all = Set(pairs.flatMap { [$0.0, $0.1] } + verbs.flatMap { [$0.name.en, $0.name.zh] })
        for time in RelativeDay.all { all.formUnion([time.en, time.zh]) }
        for list in [CodeList.unitKind, .teamKind, .gender, .status, .cadre, .serviceField] {
            for code in list.codes { all.formUnion([code.en, code.zh]) }
        }
        return all
    }()

    package func isKnown(_ name: String) -> Bool {
        ReferenceVocabulary.known.contains(name) || headings.contains(name)
    }

    package func knownPrefixes(of text: Substring) -> [String] {
        ReferenceVocabulary.known.union(headings).filter { text.hasPrefix($0) }
            .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }
}
