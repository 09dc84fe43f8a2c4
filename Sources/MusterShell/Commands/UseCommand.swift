import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

/// `use DATE`.
enum UseCommand: Command {
    static let signature = Signature(Term("use", "使用"), [
        Slot("day", .expression, shown: Message(zh: "日期", en: "DATE")),
    ])
    static let summary = Message(zh: "改用某日的快照", en: "read the snapshot of a day from now on")
    static let topics = ["今天", "今日", "现在", "today", "now"]
    static let synonyms = ["切换"]
    static let traits: CommandTraits = [.bringsNames, .chooses]
    static let argument: CommandArgument? = .day

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let expression = call.expression("day") else { return [] }
        let found = try? session.value(of: expression, call.source)
        guard case (.day(let day), .day)? = found else {
            throw Diagnostic("use.day", Message(zh: "“使用”之后应为日期", en: "use takes a day"),
                             at: expression.span,
                             hint: loaded(session))
        }
        guard session.environment.dataSets.contains(where: { $0.asOf == day }) else {
            throw Diagnostic("use.unknown", Message(
                zh: "没有装载 \(CivilDay.text(day)) 的快照",
                en: "no snapshot of \(CivilDay.text(day)) is loaded"), at: expression.span,
                hint: loaded(session))
        }
        return [.change(.use(day: day)),
                .say(Message(zh: "现用截至 \(CivilDay.text(day)) 的快照",
                             en: "now reading the snapshot as of \(CivilDay.text(day))"))]
    }

    /// The days that can be chosen.
    private static func loaded(_ session: Session) -> Message {
        let days = session.environment.dataSets.map { CivilDay.text($0.asOf) }
        guard !days.isEmpty else {
            return Message(zh: "还没有装载快照；先写：装载 \"文件夹\"",
                           en: "no snapshot is loaded; first load \"FOLDER\"")
        }
        return Message(zh: "已装载：" + days.joined(separator: "、"),
                       en: "loaded: " + days.joined(separator: ", "))
    }
}
