import MusterDiagnostics
import MusterPostgres
import MusterStore

extension CommandLineTool {
    /// Puts a snapshot into the database at a URL; what stands there of it is replaced where files
    /// may be overwritten.
    package func push(_ path: String, on url: String) -> Int32 {
        heedingInterrupts {
            let session = newSession(isInteractive: false)
            do {
                let push = try PostgresPush(
                    url, domain: domain, replaces: options.overwrites,
                    isCancelled: session.isInterrupted,
                    progress: { [line = session.console.progress] in line?.count($0, $1) })
                try push.checkReachable()
                if let code = load([path], session, from: nil) { return code }
                guard let snapshot = session.environment.data?.snapshot else { return 3 }
                let shown = PostgresAddress.masking(url)
                let outcome = try session.following(Message(
                    zh: "存入 \(shown)", en: "pushing to \(shown)")) {
                    try push.push(snapshot) {
                        try session.following(Message(zh: "校验", en: "validating")) {
                            try session.allTables()
                        }
                    }
                }
                session.say(Self.account(outcome))
                return 0
            } catch {
                session.show(error, nil)
                return status(false, session)
            }
        }
    }

    private static func account(_ outcome: PostgresPush.Outcome) -> Message {
        switch outcome {
        case .pushed(let snapshot, let rows):
            Message(zh: "已存入数据库，模式 \(snapshot.schema)，共 \(rows) 行",
                    en: "pushed as the schema \(snapshot.schema): \(rows) rows")
        case .present(let snapshot):
            Message(zh: "数据库里已有这个快照（模式 \(snapshot.schema)），没有改动；要重新存入请加 --force",
                    en: "the database already has this snapshot (schema \(snapshot.schema)); "
                        + "nothing was changed. --force pushes it anew")
        }
    }
}

extension Session {
    /// The tables of the current snapshot, those that the domain works out included.
    func allTables() throws -> [Table] {
        guard let data = environment.data else { return [] }
        let run = newRun()
        return try environment.domain.entities.compactMap { entity in
            try data.prepare(entity.name, run)
            return data.table(entity.name)
        }
    }
}
