import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport

/// `title "…{to}…" ["English"]`.
enum TitleCommand: Command {
    static let signature = Signature(Term("title", "标题"), slots)
    static let slots = [
        Slot("zh", .text, shown: Message(zh: "\"中文\"", en: "\"中文\"")),
        Slot("en", .text, required: false, shown: Message(zh: "\"英文\"", en: "\"English\"")),
    ]
    static let summary = Message(zh: "报告的标题，可附英文", en: "the report's title, Chinese and English")
    static let traits: CommandTraits = .heading

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let words = ReportWords(session, call.source)
        return [.section(isSkipped: false),
                .show([.heading(try message(call.arguments, words.filled),
                                level: level(session))])]
    }

    /// A script's that another one runs or includes stands below.
    static func level(_ session: Session) -> Int { max(1, session.frames.count) }

    /// Both languages' texts; the Chinese one serves for both where it stands alone.
    static func message(_ arguments: [String: SlotValue],
                        _ text: (Template, Language) throws -> String,
                        _ labels: (zh: String, en: String) = ("zh", "en")) rethrows -> Message {
        guard case .text(let zh)? = arguments[labels.zh] else { return Message("") }
        guard case .text(let en)? = arguments[labels.en] else {
            return Message(zh: try text(zh, .zh), en: try text(zh, .en))
        }
        return Message(zh: try text(zh, .zh), en: try text(en, .en))
    }
}

/// `section "…" ["English"] [if CONDITION [else "…" ["English"]]]`: where the condition does not
/// hold, what follows is passed over up to the next section; with `else` that is said.
enum SectionCommand: Command {
    static let signature = Signature(Term("section", "小节"), TitleCommand.slots + [
        Slot("condition", keyword: Term("if", "若"), .condition, required: false),
        Slot("otherwise", keyword: Term("else", "否则"), .text, required: false),
        Slot("otherwise_en", .text, required: false),
    ])
    static let summary = Message(zh: "小节的标题；条件不成立时，这一小节不列，或只写一句说明",
                                 en: "a section's heading; with a condition that does not hold "
                                     + "the section is left out, or a text stands in its place")
    static let traits: CommandTraits = .heading

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let isWanted = try call.expression("condition").map { condition in
            try ExpectCommand.holds(condition, call, session)
        } ?? true
        let section = Effect.section(isSkipped: !isWanted)
        guard isWanted || call.text("otherwise") != nil else { return [section] }
        let words = ReportWords(session, call.source)
        var blocks: [Report.Block] = [
            .heading(try TitleCommand.message(call.arguments, words.filled),
                     level: TitleCommand.level(session) + 1)]
        if !isWanted {
            blocks.append(.text(try TitleCommand.message(call.arguments, words.filled,
                                                         ("otherwise", "otherwise_en"))))
        }
        return [section, .show(blocks)]
    }
}

/// `text "…" ["English"] [if CONDITION]`.
enum TextCommand: Command {
    static let signature = Signature(Term("text", "说明"), TitleCommand.slots + [
        Slot("condition", keyword: Term("if", "若"), .condition, required: false),
    ])
    static let summary = Message(zh: "一段说明文字；条件不成立时不写",
                                 en: "a paragraph; left out where its condition does not hold")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        if let condition = call.expression("condition"),
           try !ExpectCommand.holds(condition, call, session) { return [] }
        let words = ReportWords(session, call.source)
        return [.show([.text(try TitleCommand.message(call.arguments, words.filled))])]
    }
}

/// `expect CONDITION else "…"`.
enum ExpectCommand: Command {
    static let signature = Signature(Term("expect", "应当"), [
        Slot("condition", .condition),
        Slot("message", keyword: Term("else", "否则"), .text, required: false),
        Slot("message_en", .text, required: false),
    ])
    static let summary = Message(zh: "条件不成立就报错停下",
                                 en: "stop with an error unless the condition holds")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let expression = call.expression("condition") else { return [] }
        guard try !holds(expression, call, session) else { return [] }
        let words = ReportWords(session, call.source)
        let reason = call.text("message") != nil
            ? try TitleCommand.message(call.arguments, words.filled, ("message", "message_en"))
            : Message(zh: "应当成立的条件不成立", en: "what was expected does not hold")
        throw Diagnostic("expect.failed", reason, at: expression.span)
    }

    /// Whether a condition without rows holds; none does not.
    static func holds(_ condition: Expression, _ call: CommandCall, _ session: Session) throws
        -> Bool {
        let (value, type) = try session.value(of: condition, call.source)
        guard type == .bool || type == .none else {
            throw Diagnostic("type.mismatch", Message(
                zh: "\(call.name.text) 后面须是条件，不是\(type.name.zh)",
                en: "\(call.name.text) needs a condition, not \(type.name.en)"),
                at: condition.span)
        }
        return value == .bool(true)
    }
}
