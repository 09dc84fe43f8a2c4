import Foundation
import MusterDiagnostics
import MusterEngine
import MusterPostgres
import MusterSpark
import MusterSQL
import MusterStore
import MusterValues

extension Session {
    /// Opens the snapshots that a database holds: those of the days or schemas named, or all. The
    /// latest becomes current. Their rows stay where they are.
    func open(on url: String, _ chosen: [String]) throws {
        let language = preferences.language
        let server = try databaseServer(at: url) { notice in
            _ = try? Terminal.write(notice.rendered(in: language) + "\n", to: Terminal.errors)
        }
        let pushed = try following(Self.loading(server.shown)) {
            try server.snapshots(isCancelled: isInterrupted)
        }
        let shown = server.shown
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
        let wanted = pushed.filter { one in
            chosen.isEmpty || chosen.contains { one.isCalled($0) }
        }
        let days = Dictionary(grouping: wanted, by: \.asOf).sorted { $0.key < $1.key }
        for (_, ofDay) in days {
            let one = try server.joined(ofDay, environment.domain, isCancelled: isInterrupted)
            let light = try following(Self.loading(one.schema)) {
                try server.light(one, domain: environment.domain, isCancelled: isInterrupted)
            }
            let data = DataSet(light.snapshot, domain: environment.domain,
                               remote: RemoteTables(server, light))
            try apply([.change(.load(data))])
            say(Message(zh: "已打开 \(shown) 的快照：截至 \(CivilDay.text(one.asOf))",
                        en: "opened a snapshot of \(shown): as of \(CivilDay.text(one.asOf))"))
        }
    }
}

extension Session {
    private func databaseServer(at url: String,
                                _ notice: @escaping @Sendable (Diagnostic) -> Void) throws
        -> any SnapshotServer {
        if SparkAddress.isMeant(by: url) {
            return try sparkServer(at: url, notice)
        }
        return try following(Self.loading(PostgresAddress.masking(url))) {
            try PostgresServer(url, isCancelled: isInterrupted, notice: notice)
        }
    }

    /// What puts snapshots to where an address says.
    func push(to url: String, replacing: Bool) throws -> any SnapshotPush {
        let terms = PushTerms(
            domain: environment.domain, replaces: replacing, isCancelled: isInterrupted,
            progress: { [line = console.progress] in line?.count($0, $1) })
        if SparkAddress.isMeant(by: url) {
            let address = try SparkAddress(url, here: FileManager.default.currentDirectoryPath)
            return try SparkPush(address, SharedFiles.spark, terms)
        }
        return try PostgresPush(url, terms)
    }
}

extension PushedSnapshot {
    /// Whether its schema or its day is so called.
    fileprivate func isCalled(_ name: String) -> Bool {
        name == schema || name == CivilDay.text(asOf)
    }
}
