import MusterDiagnostics
@testable import MusterLanguage

/// The contract's verbs and statements, without any meaning.
struct TestVocabulary: Vocabulary {
    static let by = Slot("keys", keyword: Term("by", "按"), .keys, required: false)

    static let verbs: [Signature] = [
        Signature(Term("where", "筛选"), [Slot("condition", .condition)]),
        Signature(Term("select", "选取"), [Slot("bindings", .bindings(named: false))]),
        Signature(Term("derive", "派生"), [Slot("bindings", .bindings(named: true))]),
        Signature(Term("summarize", "汇总"), [Slot("bindings", .bindings(named: false)), by]),
        Signature(Term("rate", "比率"), [
            Slot("condition", .condition),
            Slot("keys", keyword: Term("by", "按"), .keys),
        ]),
        Signature(Term("count", "计数"), [by]),
        Signature(Term("distinct", "去重"), [Slot("keys", .keys)]),
        Signature(Term("sort", "排序"), [Slot("keys", .sortKeys)]),
        Signature(Term("take", "取前"), [Slot("number", .number), by]),
        Signature(Term("rank", "排名"), [Slot("order", .sortKeys), by]),
        Signature(Term("label", "标注"), [
            Slot("column", .column), Slot("zh", .text), Slot("en", .text, required: false),
            Slot("display", .word([Term("percent", "百分比"), Term("hours", "小时")]),
                 required: false),
        ]),
        Signature(Term("against", "对照"), [Slot("what", .choice([
            [Slot("what", .word([Term("target", "目标")])),
             Slot("year", .expression, required: false)],
            [Slot("what", .word([Term("previous", "上期")])),
             Slot("column", .column, required: false)],
            [Slot("value", .expression)],
        ]))]),
        Signature(Term("total", "合计"), [Slot("columns", .columns, required: false)]),
        Signature(Term("pivot", "透视"), [
            Slot("column", .column), Slot("shown", keyword: Term("show", "显示"), .columns),
        ]),
        Signature(Term("cumulate", "累计"), [Slot("column", .column), by]),
        Signature(Term("chart", "图表"), [
            Slot("kind", .word([Term("bar", "条形"), Term("line", "折线"), Term("column", "柱形")])),
            Slot("x", .column, required: false), Slot("y", .column, required: false),
        ]),
        Signature(Term("export", "导出"), [Slot("path", .path)]),
        Signature(Term("into", "存为"), [Slot("name", .name)]),
    ]

    static let statements: [Signature] = [
        Signature(Term("load", "载入"), [
            Slot("path", .path), Slot("name", keyword: Term("as", "为"), .name, required: false),
        ]),
        Signature(Term("use", "使用"), [Slot("day", .expression)]),
        Signature(Term("set", "设置"), [Slot("rest", .rest, required: false)]),
        Signature(Term("run", "运行"), [
            Slot("path", .path), Slot("settings", .settings, required: false),
        ]),
        Signature(Term("expect", "断言"), [
            Slot("condition", .condition), Slot("text", keyword: Term("else", "否则"), .text),
        ]),
        Signature(Term("title", "标题"), [
            Slot("zh", .text), Slot("en", .text, required: false),
        ]),
        Signature(Term("section", "小节"), [Slot("zh", .text), Slot("en", .text, required: false)]),
        Signature(Term("text", "文字"), [Slot("zh", .text), Slot("en", .text, required: false)]),
        Signature(Term("include", "引入"), [Slot("path", .path)]),
        Signature(Term("help", "帮助"), [Slot("topic", .rest, required: false)]),
        Signature(Term("explain", "说明"), [Slot("statement", .statement)]),
        Signature(Term("drill", "下钻"), [Slot("row", .number)]),
        Signature(Term("relate", "关联"), [
            Slot("lower", .keyed), Slot("upper", keyword: Term("to", "到"), .keyed),
            Slot("names", keyword: Term("as", "为"), .names),
        ]),
        Signature(Term("quit", "退出"), []),
    ]

    static let names: [Term] = [
        Term("members", "团员"), Term("people", "人员"), Term("units", "组织"),
        Term("service", "服务记录"), Term("unit", "所在组织"), Term("district", "区县局级"),
        Term("committee", "基层团委"), Term("registered", "已注册"), Term("year", "年度"),
        Term("age", "年龄"), Term("hours", "时长"), Term("rate", "比率"), Term("of", "总数"),
        Term("n", "人数"), Term("date", "日期"), Term("month", "月份"), Term("sum", "求和"),
        Term("count", "计数"), Term("each", "各类"), Term("kind", "类别"), Term("university", "高校"),
    ]

    func verb(_ name: String) -> Signature? {
        TestVocabulary.verbs.first { $0.name.matches(name) }
    }

    func verb(calledElsewhere word: String) -> Signature? { word == "order" ? verb("sort") : nil }

    func verbs(kinTo word: String) -> [Signature] {
        word == "group" ? [verb("count"), verb("sort")].compactMap(\.self) : []
    }

    func statement(_ name: String) -> Signature? {
        TestVocabulary.statements.first { $0.name.matches(name) }
    }

    var verbNames: [Term] { TestVocabulary.verbs.map(\.name) }
    var statementNames: [Term] { TestVocabulary.statements.map(\.name) }

    private static let known: Set<String> = Set((names + verbs.map(\.name)
        + statements.map(\.name)).flatMap { [$0.en, $0.zh] })

    func isKnown(_ name: String) -> Bool { TestVocabulary.known.contains(name) }

    func knownPrefixes(of text: Substring) -> [String] {
        TestVocabulary.known.filter { text.hasPrefix($0) }.sorted { $0.count > $1.count }
    }
}

func parsed(_ text: String) -> ParsedScript {
    parse(SourceText(text: text), vocabulary: TestVocabulary())
}
