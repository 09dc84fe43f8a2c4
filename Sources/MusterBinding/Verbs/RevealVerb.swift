import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// `reveal FIELD "reason"`: shows what is hidden of the result, this once.
enum RevealVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("reveal", "明文"), [
        Slot("columns", .columns),
        Slot("reason", .text, shown: Message(zh: "\"事由\"", en: "\"REASON\"")),
    ])
    static let summary = Message(
        zh: "这一次显示须隐去的列的原文；时间、操作人、语句和事由记入审计文件",
        en: "show hidden columns in full, this once; time, user, statement and reason are kept in "
            + "the audit file")
    static let topics = ["脱敏", "隐去", "完整", "unmask", "hidden", "mask"]
    static let kin = ["unmask", "显示原文", "取消脱敏"]

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        let scope = Scope(input)
        let columns = try stage.columns("columns").map { expression -> Scalar in
            guard case .path(let names) = expression.kind else { throw Reported() }
            let value = try binder.resolve(names, scope).value
            guard value.type.isSensitive || value.type.isPersonal || value.type == .none else {
                throw Diagnostic("reveal.open", Message(
                    zh: "这一列没有隐去什么", en: "nothing of this column is hidden"),
                    at: expression.span)
            }
            return value
        }
        let reason = stage.text("reason").map { binder.shownText($0) } ?? ""
        guard reason.contains(where: { $0.isLetter }) else {
            throw Diagnostic("reveal.reason", Message(
                zh: "须写明事由", en: "a reason is needed"), at: stage.span,
                hint: Message(zh: "例如 明文 列名 \"核对参军名单\"",
                              en: "for example reveal COLUMN \"checking the list of recruits\""))
        }
        binder.add(.reveal(Revelation(columns: columns, reason: reason, span: stage.span)))
        return input
    }
}

/// What is to be shown in full, and why.
package struct Revelation: Sendable {
    package let columns: [Scalar]
    package let reason: String
    package let span: Span
}
