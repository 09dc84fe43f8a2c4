import MusterDiagnostics
import MusterLanguage
import MusterReport

/// `title "…{to}…" ["English"]`.
enum TitleCommand: Command {
    static let signature = Signature(Term("title", "标题"), slots)
    static let slots = [Slot("zh", .text), Slot("en", .text, required: false)]
    static let summary = Message(zh: "报告的标题，可附英文", en: "the report's title, Chinese and English")

    static func run(_ call: CommandCall, _ session: Session) throws {
        let binder = session.binder(call.source)
        session.add([.heading(message(call.arguments, binder.text), level: 1)])
    }

    /// Both languages' texts; the Chinese one serves for both where it stands alone.
    static func message(_ arguments: [String: SlotValue], _ text: (Template) -> String)
        -> Message {
        guard case .text(let zh)? = arguments["zh"] else { return Message("") }
        guard case .text(let en)? = arguments["en"] else { return Message(text(zh)) }
        return Message(zh: text(zh), en: text(en))
    }
}

/// `section "…"`.
enum SectionCommand: Command {
    static let signature = Signature(Term("section", "小节"), TitleCommand.slots)
    static let summary = Message(zh: "小节的标题", en: "a section's heading")

    static func run(_ call: CommandCall, _ session: Session) throws {
        let binder = session.binder(call.source)
        session.add([.heading(TitleCommand.message(call.arguments, binder.text), level: 2)])
    }
}

/// `text "…"`.
enum TextCommand: Command {
    static let signature = Signature(Term("text", "说明"), TitleCommand.slots)
    static let summary = Message(zh: "一段说明文字", en: "a paragraph")

    static func run(_ call: CommandCall, _ session: Session) throws {
        let binder = session.binder(call.source)
        session.add([.text(TitleCommand.message(call.arguments, binder.text))])
    }
}

/// `expect CONDITION else "…"`.
enum ExpectCommand: Command {
    static let signature = Signature(Term("expect", "应当"), [
        Slot("condition", .condition),
        Slot("message", keyword: Term("else", "否则"), .text, required: false),
    ])
    static let summary = Message(zh: "条件不成立就报错停下", en: "stop with an error unless the condition holds")

    static func run(_ call: CommandCall, _ session: Session) throws {
        guard let expression = call.expression("condition") else { return }
        let binder = session.binder(call.source)
        let (value, type) = try binder.constant(expression)
        guard type == .bool || type == .none else {
            throw Diagnostic("type.mismatch", Message(
                zh: "expect 后面须是条件，不是\(type.name.zh)",
                en: "expect needs a condition, not \(type.name.en)"), at: expression.span)
        }
        guard value != .bool(true) else { return }
        let reason = call.text("message").map { Message(binder.text($0)) }
            ?? Message(zh: "应当成立的条件不成立", en: "what was expected does not hold")
        throw Diagnostic("expect.failed", reason, at: expression.span)
    }
}
