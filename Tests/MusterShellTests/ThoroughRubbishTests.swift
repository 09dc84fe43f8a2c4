import Foundation
import MusterLeague
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import Testing
@testable import MusterShell

/// Whatever is typed, in either script, the session lives on: its faults have a place and both
/// languages, its corrections have no fault, and Tab answers at every place.
@Suite("Rubbish in a session")
struct ThoroughRubbishTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private static let pieces = [
        "团员", "组织", "服务记录", "members", "units", "people", "targets", "findings", "last", "上次结果",
        "|", "｜", "筛选", "where", "选取", "select", "派生", "汇总", "summarize", "比率", "rate", "计数", "count",
        "去重", "排序", "取前", "take", "排名", "标注", "对照", "against", "合计", "total", "透视", "pivot", "累计",
        "图表 条形图", "存为 表一", "into t", "表一", "t", "已注册", "registered", "未注册", "年龄", "所在组织", "unit",
        ".区县局级", ".district", "的", "类别", "性别", "姓名", "身份证号", "时长", "按", "by", "每个", "every", "各类(",
        "隶属", "under", "属于", "in", "介于", "到", "与", "且", "或", "非", "not", "若", "则", "否则", "为空", "is none",
        "=", "==", "!=", "<", "≥", "+", "-", "*", "/", "%", "..", "。", "，", "(", ")", "（", "）", "“", "”", "\"",
        "`", "【", "】", "{to}", "{", "2015", "2016-02-30", "2015-10-31", "2015年6月", "95%", "0", "1.5",
        "9223372036854775807", "\"和平区\"", "和平区", "历年 2015..2017", "over months 2015-01..2015-03",
        "截至", "as of", "截至日", "求和(", "count(", "平均(", "分位数(", "查表(", "help", "帮助", "解释", "展开",
        "drill", "取值", "字段", "set", "设置 行数", "设置 隐私", "示例", "let", "令", "x", "f(x)", "param", "标题",
        "expect", "小节", "use", "卸载 表一", "历史", "SELECT", "FROM", "GROUP BY", "大于", "不是", "14-16", "天",
        "🙂", "e\u{301}", "𠮷", "\\", "\u{0}", "\t", "\n", ";", "；", "#", "@", "$",
    ]

    @Test("Nothing ends it", arguments: [53_2015, 1922] as [UInt64])
    func rubbish(seed: UInt64) throws {
        var said = 0
        var preferences = Preferences(language: .zh)
        preferences.writesFiles = false
        let session = Session(preferences: preferences, domain: League.domain(),
                              output: AttendedConsole { said += 1 })
        try session.load(Self.root + "/samples/small")
        let clean = session.books
        var generator = SplitMix(state: seed)
        for round in 0..<3000 {
            if round % 50 == 0 { session.exchange(clean) }
            let count = Int(generator.next() % 10) + 1
            let separator = generator.next() % 3 == 0 ? "" : " "
            let text = (0..<count).map { _ in
                Self.pieces[Int(generator.next() % UInt64(Self.pieces.count))]
            }.joined(separator: separator)
            session.prefer { $0.language = round % 2 == 0 ? .zh : .en }
            let isFine = session.run(text)
            if let correction = session.correction {
                let source = SourceText(text: correction.text)
                #expect(ScriptChecker(session).faults(source).isEmpty,
                        "\(text) became \(correction.text)")
            }
            #expect(isFine || said > 0)
            let completer = Completer(session.environment, language: session.preferences.language,
                                      vocabulary: session.vocabulary)
            let cursor = Int(generator.next() % UInt64(text.utf8.count + 1))
            let found = completer.complete(text, cursor)
            _ = found.replacements(line: text, cursor: cursor)
            #expect(found.start >= 0 && found.start <= cursor)
        }
    }
}
