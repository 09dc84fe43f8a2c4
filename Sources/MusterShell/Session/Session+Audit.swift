import MusterBinding
import MusterDiagnostics
import MusterEngine
import MusterLanguage
import MusterPlan
import MusterStore

/// Looking at what is hidden: only by who sits there or wrote the command line, and recorded.
extension Session {
    /// So many typed texts a statement may look for among hidden ones, and a session.
    static let soughtAtMost = (statement: 10, session: 200)

    /// Records that hidden texts were looked for by typed ones. Throws where it is too many.
    func account(for sought: [String], _ statement: String, at span: Span?) throws {
        guard !sought.isEmpty, preferences.writesFiles else { return }
        let most = Self.soughtAtMost
        countSought(sought.count)
        try audit.add(entry(.search, statement, reason: nil))
        guard sought.count <= most.statement, soughtCount <= most.session else {
            throw Diagnostic("sensitive.many", Message(
                zh: "须隐去的内容，一条语句最多查 \(most.statement) 个，一次使用最多 \(most.session) 个",
                en: "at most \(most.statement) hidden texts are looked for in a statement, and "
                    + "\(most.session) in a session"), at: span, hint: Message(
                    zh: "这样做会逐个试出号码；请按姓名、单位查找",
                    en: "this would try numbers out one by one; look people up by name and unit"))
        }
    }

    /// Records that columns are shown in full.
    func account(for revelation: Revelation, _ statement: String) throws {
        try audit.add(entry(.reveal, statement, reason: revelation.reason))
    }

    /// Records that hidden texts are matched with those of another table.
    func account(forMatching statement: String) throws {
        guard preferences.writesFiles else { return }
        try audit.add(entry(.match, statement, reason: nil))
    }

    private func entry(_ kind: AuditTrail.Entry.Kind, _ statement: String, reason: String?)
        -> AuditTrail.Entry {
        let masked = environment.domain.words.sensitive.masked
        return AuditTrail.Entry(
            time: AuditTrail.now, user: AuditTrail.user, kind: kind,
            snapshots: environment.dataSets.map(\.snapshot.fingerprint),
            statement: masked(statement), reason: reason.map(masked))
    }

    /// A fault where columns are to be shown in full by others than the user: a script must not
    /// loosen what the user relies on.
    func checkMayReveal(_ revelation: Revelation) throws {
        if isInScript {
            throw Diagnostic("reveal.script", Message(
                zh: "脚本不能用 明文", en: "a script cannot reveal what is hidden"),
                at: revelation.span, hint: Message(
                    zh: "在提示符后或用 -c 键入", en: "type it at the prompt, or behind -c"))
        }
    }

    /// The value of an expression that stands alone; what it looks for is recorded.
    func value(of expression: Expression, _ source: SourceText) throws -> (Constant, ValueType) {
        let binder = binder(source)
        let value = try binder.value(of: expression)
        try account(for: binder.sought, source.slice(expression.span), at: expression.span)
        return value
    }
}
