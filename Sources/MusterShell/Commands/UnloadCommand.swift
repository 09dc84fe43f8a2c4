import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

/// `unload [NAME|DATE]`.
enum UnloadCommand: Command {
    static let signature = Signature(Term("unload", "卸载"), [
        Slot("what", .rest, required: false, shown: Message(zh: "表名|日期", en: "NAME|DATE")),
    ])
    static let summary = Message(zh: "卸载一个表，或某日的快照；不写则卸载全部快照",
                                 en: "drop a table or the snapshot of a day; alone: all snapshots")
    static let synonyms = ["close"]
    static let argument: CommandArgument? = .loaded

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        guard let what = call.rest("what") else {
            return [.change(.unload(day: nil)),
                    .say(Message(zh: "已卸载全部快照", en: "all snapshots dropped"))]
        }
        if session.environment.tables[what] != nil {
            return [.change(.table(nil, as: what)),
                    .say(Message(zh: "已卸载表 \(what)", en: "the table \(what) is dropped"))]
        }
        guard let data = session.environment.dataSets.first(where: {
            CivilDay.text($0.asOf) == what
        }) else {
            throw Diagnostic("unload.unknown", Message(
                zh: "没有名为“\(what)”的表或快照", en: "there is no table or snapshot \"\(what)\""),
                at: call.span, hint: Message(zh: "用“表格”“快照列表”查看",
                                             en: "`tables` and `snapshots` list them"))
        }
        return [.change(.unload(day: data.asOf)),
                .say(Message(zh: "已卸载 \(what) 的快照", en: "the snapshot of \(what) is dropped"))]
    }
}
