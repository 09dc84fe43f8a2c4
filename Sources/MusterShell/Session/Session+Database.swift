import MusterDiagnostics
import MusterEngine
import MusterPostgres
import MusterStore
import MusterValues

extension Session {
    /// Opens the snapshots that a database holds: those of the days or schemas named, or all. The
    /// latest becomes current. Their rows stay where they are.
    func open(on url: String, _ chosen: [String]) throws {
        let language = preferences.language
        let server = try following(Self.loading(PostgresAddress.masking(url))) {
            try PostgresServer(url, isCancelled: isInterrupted) { notice in
                _ = try? Terminal.write(notice.rendered(in: language) + "\n",
                                        to: Terminal.errors)
            }
        }
        let pushed = try server.snapshots(isCancelled: isInterrupted)
        let shown = server.address.shown
        guard !pushed.isEmpty else {
            throw Diagnostic("database.empty", Message(
                zh: "数据库里没有快照：\(shown)", en: "the database holds no snapshot: \(shown)"),
                hint: Message(zh: "先存入：muster push 快照 --on 地址",
                              en: "first push one: muster push SNAPSHOT --on URL"))
        }
        for name in chosen where !pushed.contains(where: { $0.isCalled(name) }) {
            let known = pushed.map { CivilDay.text($0.asOf) }.joined(separator: ", ")
            throw Diagnostic("database.snapshot", Message(
                zh: "数据库里没有快照“\(name)”", en: "the database holds no snapshot \"\(name)\""),
                hint: Message(zh: "其中有：\(known)", en: "it holds \(known)"))
        }
        // Of one day the one pushed last.
        let wanted = pushed.filter { one in
            chosen.isEmpty || chosen.contains { one.isCalled($0) }
        }
        for one in wanted {
            let light = try server.light(one, domain: environment.domain,
                                         isCancelled: isInterrupted)
            let remote = RemoteTables(
                server, schema: one.schema,
                rowCounts: light.rowCounts.filter { light.remote.contains($0.key) })
            let data = DataSet(light.snapshot, domain: environment.domain, remote: remote)
            try apply([.change(.load(data))])
            say(Message(zh: "已打开 \(shown) 的快照：截至 \(CivilDay.text(one.asOf))",
                        en: "opened a snapshot of \(shown): as of \(CivilDay.text(one.asOf))"))
        }
    }
}

extension PushedSnapshot {
    /// Whether its schema or its day is so called.
    fileprivate func isCalled(_ name: String) -> Bool {
        name == schema || name == CivilDay.text(asOf)
    }
}
