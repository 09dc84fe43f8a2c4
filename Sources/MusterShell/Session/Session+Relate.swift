import MusterBinding
import MusterDiagnostics
import MusterEngine
import MusterLanguage
import MusterPlan

/// Relations between tables: made, made again where the data changed, and given up.
extension Session {
    /// Makes a relation and says what it found.
    func relate(_ relating: Relating, at span: Span) throws {
        let run = newRun()
        let made = try Binder(environment, run: run, source: relating.source).relation(relating)
        if made.relation.matchesHidden {
            try account(forMatching: relating.source.slice(span))
        }
        let isReplaced = ownRelations.contains { relating.replaces($0.relating) }
        let report = try following(Session.relating(relating)) {
            try RelationReport(made.relation, run)
        }
        try keep([made], run)
        say(text(report, made, isReplaced: isReplaced))
    }

    private static func relating(_ relating: Relating) -> Message {
        Message(zh: "关联 \(relating.lower.table.text)", en: "relating \(relating.lower.table.text)")
    }

    /// Relations whose tables were loaded again, or read in other snapshots now, are made again;
    /// those that cannot be go, and that is said.
    func renewRelations() throws {
        // One to the table of keys that are not unique waits for that table.
        for _ in 0..<3 {
            let own = ownRelations
            if own.isEmpty { return }
            let environment = environment
            let stale = own.filter { !environment.isUpToDate($0) }
            if stale.isEmpty { return }
            try renew(stale)
        }
    }

    private func renew(_ stale: [MadeRelation]) throws {
        var renewed: [MadeRelation] = [], lines: [Message] = []
        let run = newRun()
        for old in stale {
            do {
                let made = try Binder(environment, run: run, source: old.relating.source)
                    .relation(old.relating)
                lines.append(text(try RelationReport(made.relation, run), made, isAgain: true))
                renewed.append(made)
            } catch {
                let faults = Session.diagnostics(error)
                if let stopped = faults.first(where: \.isCancellation) { throw stopped }
                change(.unrelate(old.relating))
                lines.append(gone(old.relating, faults))
            }
        }
        try keep(renewed, run)
        lines.forEach(say)
    }

    /// Those of the script that runs, or of the books.
    private var ownRelations: [MadeRelation] {
        frames.naming.map { frames[$0].names?.relations ?? [] } ?? books.environment.relations
    }

    /// Takes relations in, with the table of the keys that are not unique.
    private func keep(_ made: [MadeRelation], _ run: Run) throws {
        let others = environment.relations.filter { other in
            environment.holds(other) && !made.contains { $0.relating.replaces(other.relating) }
        }
        let all = others + made
        let name = AmbiguousKeys.name.en
        let ambiguous = all.isEmpty ? nil
            : try Results.ambiguous(all, environment.domain, run)
        for relation in made { change(.relate(relation)) }
        if let ambiguous, environment.tables[name]?.isSame(as: ambiguous) == true { return }
        if ambiguous != nil || environment.tables[name] != nil {
            change(.table(ambiguous, as: name))
        }
    }

    private func text(_ report: RelationReport, _ made: MadeRelation, isReplaced: Bool = false,
                      isAgain: Bool = false) -> Message {
        var zh = ["\(report.rows) 行，找到 \(report.found)"]
        var en = ["\(report.rows) rows, \(report.found) found"]
        if report.missing > 0 {
            zh.append("没有找到 \(report.missing)")
            en.append("\(report.missing) not found")
        }
        if report.keyless > 0 {
            zh.append("键为空 \(report.keyless)")
            en.append("\(report.keyless) without a key")
        }
        if report.ambiguousKeys > 0 {
            let name = AmbiguousKeys.name
            zh.append((report.ambiguous > 0 ? "因键不唯一而不属于任何一行 \(report.ambiguous)，" : "")
                + "不唯一的键 \(report.ambiguousKeys) 个（见 \(name.zh)）")
            en.append((report.ambiguous > 0 ? "\(report.ambiguous) whose key is not unique belong to "
                + "nobody, " : "") + "keys that are not unique: \(report.ambiguousKeys) (see "
                + "\(name.en))")
        }
        let again = isAgain ? Message(zh: "已重新关联", en: "related again")
            : isReplaced ? Message(zh: "已关联（代替原来的）", en: "related, in place of the former")
            : Message(zh: "已关联", en: "related")
        let up = made.relation.up
        return Message(
            zh: "\(again.zh) \(up)：\(made.gloss.zh)，" + zh.joined(separator: "，"),
            en: "\(again.en), \(up): \(made.gloss.en); " + en.joined(separator: ", "))
    }

    private func gone(_ relating: Relating, _ faults: [Diagnostic]) -> Message {
        let reason = discreet(faults).first?.message ?? Message("")
        return Message(zh: "关联 \(relating.up.text) 已取消：\(reason.zh)",
                       en: "the relation \(relating.up.text) is gone: \(reason.en)")
    }
}

extension Relation {
    /// Whether hidden texts are compared.
    fileprivate var matchesHidden: Bool { match.forms.contains(.folded) }
}
