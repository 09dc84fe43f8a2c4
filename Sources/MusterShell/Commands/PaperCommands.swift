import MusterDiagnostics
import MusterLanguage
import MusterReport

/// What the next table of a report is called, and what is counted in it.
struct Caption {
    let title: Message
    /// Of counts that nothing is known of; nil where none is said.
    let counted: Message?
}

/// `caption "…" ["English"] [counts "人" ["persons"]]`.
enum CaptionCommand: Command {
    static let signature = Signature(Term("caption", "表题"), TitleCommand.slots + [
        Slot("counted", keyword: Term("counts", "计"), .text, required: false),
        Slot("counted_en", .text, required: false),
    ])
    static let summary = Message(
        zh: "下一张表的题目；“计”后面写表里数的是什么（人、个），查询自己知道的不必写",
        en: "what the next table is called; behind counts what its counts are of (persons), where "
            + "the query itself does not know")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let words = ReportWords(session, call.source)
        let counted = call.text("counted") == nil ? nil
            : try TitleCommand.message(call.arguments, words.filled, ("counted", "counted_en"))
        return [.caption(Caption(title: try TitleCommand.message(call.arguments, words.filled),
                                 counted: counted))]
    }
}

/// `note "…" ["English"] [if CONDITION]`: what must be known of the figures above, in small
/// print: what was counted, and how.
enum NoteCommand: Command {
    static let signature = Signature(Term("note", "附注"), TextCommand.signature.slots)
    static let summary = Message(zh: "数字后面的小字：口径、说明；条件不成立时不写",
                                 en: "small print behind figures: what was counted, and how; left "
                                     + "out where its condition does not hold")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        if let condition = call.expression("condition"),
           try !ExpectCommand.holds(condition, call, session) { return [] }
        let words = ReportWords(session, call.source)
        return [.show([.notes([try TitleCommand.message(call.arguments, words.filled)])])]
    }
}

/// `form "…" ["English"]`: the number of the form, at the head of the report.
enum FormCommand: Command {
    static let signature = Signature(Term("form", "表号"), TitleCommand.slots)
    static let summary = Message(zh: "报表的表号，写在题目下面", en: "the form's number, below the title")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        var paper = try Paper.of(session, call)
        let words = ReportWords(session, call.source)
        paper.form = try TitleCommand.message(call.arguments, words.filled)
        return [.paper(paper)]
    }
}

/// `sign "…" …` or `sign none`: who signs the report.
enum SignCommand: Command {
    private static let places = (1...6).map { "place\($0)" }
    static let signature = Signature(
        Term("sign", "签署"),
        [Slot("none", .word([Keyword.none.term]), required: false)] + places.map {
            Slot($0, .text, required: false,
                 shown: $0 == places[0] ? Message(zh: "\"审核人\"", en: "\"Checked by\"") : nil)
        })
    static let summary = Message(zh: "报告末尾由谁签署；“空”为不设签署栏",
                                 en: "who signs at the end of the report; none for nobody")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        var paper = try Paper.of(session, call)
        let labels = places.compactMap { call.text($0) }
        guard !labels.isEmpty || call.word("none") != nil else {
            throw Diagnostic("sign.empty", Message(
                zh: "签署 后面须写明由谁签署，或写 空", en: "sign needs who signs, or none"),
                at: call.span,
                hint: Message(zh: "例如 签署 \"审核人\" \"填表人\"",
                              en: "for example sign \"Checked by\" \"Prepared by\""))
        }
        let words = ReportWords(session, call.source)
        paper.signatures = try labels.map { template in
            let label = try words.filled(template, .zh)
            return ReportFrame.usualSignatures.first { [$0.zh, $0.en].contains(label) }
                ?? Message(label)
        }
        return [.paper(paper)]
    }
}

/// The frame of the report that a script is making.
private enum Paper {
    static func of(_ session: Session, _ call: CommandCall) throws -> ReportFrame {
        guard let frame = session.frames.last else {
            throw Diagnostic("script.only", Message(
                zh: "“\(call.name.text)”只用在脚本里", en: "\(call.name.text) is for scripts"),
                at: call.name.span,
                hint: Message(zh: "写进脚本，用 运行 执行", en: "write it into a script, and run that"))
        }
        return frame.paper
    }
}
