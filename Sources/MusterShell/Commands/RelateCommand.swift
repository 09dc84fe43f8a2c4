import MusterBinding
import MusterDiagnostics
import MusterLanguage

/// `relate TABLE.COLUMN to TABLE.COLUMN as UP, DOWN`.
enum RelateCommand: Command {
    static let signature = Signature(Term("relate", "关联"), [
        Slot("lower", .keyed),
        Slot("upper", keyword: Term("to", "到"), .keyed),
        Slot("names", keyword: Term("as", "为"), .names,
             shown: Message(zh: "上行名称, 下行名称", en: "UP, DOWN")),
    ])
    static let summary = Message(
        zh: "声明一个表的行按键属于另一个表的行，从此两边都可用路径（上行名称.列，计数(下行名称)）",
        en: "rows of one table belong, by their keys, to rows of another: paths go both ways from "
            + "then on (UP.COLUMN, count(DOWN))")
    static let topics = ["连接", "合并", "匹配", "比对", "核对", "merge", "match", "reconcile", "key"]
    static let synonyms = ["join", "link", "连接"]
    static let traits: CommandTraits = [.rehearsed, .bringsNames]

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let relating = relating(call, call.source) else { return [] }
        return [.relate(relating, call.span)]
    }

    /// What the statement says, as it was written.
    static func relating(_ call: some FilledSlots, _ source: SourceText) -> Relating? {
        guard let lower = call.keyed("lower"), let upper = call.keyed("upper"),
              let up = call.names("names").first else { return nil }
        return Relating(lower: lower, upper: upper, up: up,
                        down: call.names("names").dropFirst().first, source: source)
    }
}
