import MusterCalendar
import MusterDiagnostics
import MusterEngine
import MusterLanguage
import MusterStore

/// `use DATE`.
enum UseCommand: Command {
    static let signature = Signature(Term("use", "使用"), [Slot("day", .expression)])
    static func usage(_ language: Language) -> String {
        signature.name[language] + " " + dayUsage[language]
    }

    private static let dayUsage = Message(zh: "日期", en: "DATE")
    static let summary = Message(zh: "改用某日的快照", en: "read the snapshot of a day from now on")

    static func run(_ call: CommandCall, _ session: Session) throws {
        guard let expression = call.expression("day") else { return }
        let (value, type) = try session.binder(call.source).value(of: expression)
        guard case .day(let day) = value, type == .day else {
            throw Diagnostic("use.day", Message(zh: "use 后面须是日期", en: "use takes a day"),
                             at: expression.span,
                             hint: Message(zh: "例如 use 2015-10-31", en: "for example use 2015-10-31"))
        }
        let days = session.environment.dataSets.map(\.asOf)
        let known = days.map { CivilDay.text($0) }
        guard let index = days.firstIndex(of: day) else {
            throw Diagnostic("use.unknown", Message(
                zh: "没有装载 \(CivilDay.text(day)) 的快照",
                en: "no snapshot of \(CivilDay.text(day)) is loaded"), at: expression.span,
                hint: Message(zh: "已装载：" + known.joined(separator: "、"),
                              en: "loaded: " + known.joined(separator: ", ")))
        }
        session.environment.current = index
        session.environment.last = nil
        session.say(Message(zh: "现用截至 \(CivilDay.text(day)) 的快照",
                            en: "now reading the snapshot as of \(CivilDay.text(day))"))
    }
}
