import MusterBinding
import MusterDiagnostics

/// What people ask of the shell itself, as they say it.
enum ShellQuestions {
    static let all = [
        Question([["存成", "保存", "导出", "存为", "另存", "输出", "存到"],
                  ["excel", "Excel", "EXCEL", "xlsx", "电子表格", "表格"]],
                 fillers: ["结果", "上面", "成", "为", "到", "文件", "数据"],
                 named(VerbNames.export, " \"result.xlsx\"", " \"结果.xlsx\""),
                 Message(zh: "把上一个结果写成文件", en: "the last result as a file")),
        Question([["脚本"], ["做成", "存成", "保存", "存为", "变成", "写成", "生成"]],
                 fillers: ["上面", "刚才", "这些", "语句", "查询", "成"],
                 named(SaveCommand.signature.name, " \"statistics\"", " \"我的统计\""),
                 Message(zh: "把有结果的语句存成脚本", en: "the statements that had results as a script")),
    ]

    private static func named(_ term: Term, _ en: String, _ zh: String) -> Term {
        Term(term.en + en, term.zh + zh)
    }
}
