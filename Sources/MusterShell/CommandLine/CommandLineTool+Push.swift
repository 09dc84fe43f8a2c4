import MusterDiagnostics
import MusterPostgres
import MusterSQL
import MusterStore

extension CommandLineTool {
    /// Puts a snapshot into the database at a URL; what stands there of it is replaced where files
    /// may be overwritten.
    package func push(_ path: String, on url: String) -> Int32 {
        heedingInterrupts {
            let session = newSession(isInteractive: false)
            do {
                let shown = PostgresAddress.masking(url)
                let push = try session.push(to: url, replacing: options.overwrites)
                try session.following(Session.loading(shown)) { try push.checkReachable() }
                if let code = load([path], session, from: nil) { return code }
                guard let snapshot = session.environment.data?.snapshot else { return 3 }
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

    private static func account(_ outcome: PushOutcome) -> Message {
        switch outcome {
        case .pushed(let snapshot, let rows):
            Message(zh: "已存入，名为 \(snapshot.schema)，共 \(rows) 行",
                    en: "pushed as \(snapshot.schema): \(rows) rows")
        case .present(let snapshot):
            Message(zh: "已有这个快照（\(snapshot.schema)），没有改动；要重新存入请加 --force",
                    en: "this snapshot is already there (\(snapshot.schema)): nothing was changed; "
                        + "--force pushes it anew")
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
