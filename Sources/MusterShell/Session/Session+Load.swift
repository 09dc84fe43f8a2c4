import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

extension Session {
    /// Loads a snapshot beside those loaded before; the latest becomes current. Throws a
    /// `Diagnostic`, and what was loaded stays as it was.
    package func load(_ path: String) throws { try apply(try loaded(path)) }

    /// What loading a snapshot does.
    func loaded(_ path: String) throws -> [Effect] {
        let (snapshot, data) = try read(path)
        return [.change(.load(data))] + summary(of: snapshot).map { .say($0) }
    }

    /// Reads a snapshot from its files, or from its cache.
    ///
    /// - Parameter making: what is to become of a snapshot without one; nil for what was chosen.
    func read(_ path: String, making: SnapshotCache.Making? = nil) throws -> (Snapshot, DataSet) {
        try following(Self.loading(path)) {
            let loader = SnapshotLoader(
                schema: environment.domain.schema, discretion: environment.domain.discretion,
                threads: preferences.threads, limits: preferences.limits,
                cancelled: isInterrupted,
                progress: { [line = console.progress] in line?.count($0.done, $0.total) })
            let place = SharedFiles.sample(path) ?? path
            let snapshot = if let making = making ?? preferences.making {
                try load(place, loader, making)
            } else {
                try loader.load(place)
            }
            try checkStrict(snapshot, path)
            return (snapshot, DataSet(snapshot, domain: environment.domain))
        }
    }

    static func loading(_ path: String) -> Message {
        Message(zh: "装载 \(path)", en: "loading \(path)")
    }

    private func checkStrict(_ snapshot: Snapshot, _ path: String) throws {
        if preferences.isStrict, let first = snapshot.rejects.first {
            throw Diagnostic("load.strict", Message(
                zh: "\(path)：有 \(snapshot.rejects.count) 行不合格（第一处：\(first.file) 第 "
                    + "\(first.line) 行 \(first.field) \(first.reason.zh)），--strict 下不装载",
                en: "\(path): \(snapshot.rejects.count) rows were rejected (the first: "
                    + "\(first.file) line \(first.line) \(first.field), \(first.reason.en)); "
                    + "--strict does not load it"),
                hint: Message(zh: "去掉 --strict 可装载其余的行，再用 问题数据 查看",
                              en: "without --strict the other rows load; see rejects"))
        }
    }

    func summary(of snapshot: Snapshot) -> [Message] {
        let day = CivilDay.text(snapshot.asOf)
        let holdings = snapshot.account?.holdings
            ?? environment.domain.words.holdings(snapshot)
        let isSilent = holdings.en.isEmpty
        var lines = [Message(
            zh: "已装载 \(snapshot.path)：截至 \(day)" + (isSilent ? "" : "，" + holdings.zh),
            en: "loaded \(snapshot.path): as of \(day)" + (isSilent ? "" : ", " + holdings.en))]
        if !snapshot.rejects.isEmpty {
            lines.append(Message(
                zh: "有 \(snapshot.rejects.count) 行未收下，用 问题数据 查看",
                en: "\(snapshot.rejects.count) rows were rejected; type rejects to see them"))
        }
        return lines + hidden(of: snapshot)
    }

    /// Columns of the file's own that no query can name, for a declared field bears the name.
    private func hidden(of snapshot: Snapshot) -> [Message] {
        environment.domain.entities.flatMap { entity -> [Message] in
            (snapshot.tables[entity.name]?.undeclared ?? []).compactMap { column in
                guard let field = entity.field(column)?.name
                        ?? entity.levels.first(where: { $0.matches(column) }) else { return nil }
                return Message(
                    zh: "文件里另有一列“\(column)”，与字段 \(field.zh)（\(field.en)）同名；"
                        + "查询里的“\(column)”是字段，要用那一列请在文件里改名",
                    en: "the file has a column \"\(column)\" of its own, named like the field "
                        + "\(field.en) (\(field.zh)); in queries the name is the field's: give the "
                        + "column another name in the file to use it")
            }
        }
    }
}

extension Session {
    /// Reads at an earlier day than the snapshot's from now on (`--as-of`).
    func read(at day: Int32) throws {
        guard let index = environment.current else { throw noSnapshot(nil) }
        let data = environment.dataSets[index]
        guard day <= data.asOf else {
            throw Diagnostic("asof.future", Message(
                zh: "--as-of \(CivilDay.text(day)) 晚于快照的截至日 \(CivilDay.text(data.asOf))",
                en: "--as-of \(CivilDay.text(day)) is after the snapshot's day, "
                    + CivilDay.text(data.asOf)))
        }
        change(.read(day: day))
    }
}
