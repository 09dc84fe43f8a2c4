import MusterValues
import MusterDiagnostics
import MusterLanguage
import MusterStore

/// `snapshots`.
enum SnapshotsCommand: Command {
    static let signature = Signature(Term("snapshots", "快照列表"), [])
    static let summary = Message(zh: "列出已装载的快照", en: "list the loaded snapshots")

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let environment = session.environment
        return [.list([Term("as_of", "截至日"), Term("current", "当前"), Term("path", "路径"),
                      Term("source", "来源"), Term("fingerprint", "数据指纹")],
                     environment.dataSets.enumerated().map { index, data in
            [Message(CivilDay.text(data.asOf)),
             index == environment.current ? Message(zh: "是", en: "yes") : Message(""),
             Message(data.snapshot.path), Message(data.snapshot.source),
             Message(String(data.snapshot.fingerprint.prefix(12)))]
        })]
    }
}
