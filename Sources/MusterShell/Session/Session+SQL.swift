import MusterDiagnostics
import MusterEngine
import MusterPlan
import MusterSQL
import MusterStore

extension Session {
    /// A plan as a statement that gives the same table, and what is left to be done with what it
    /// gives where a database cannot do all of it.
    func inSQL(_ plan: Plan, _ dialect: any Dialect, _ run: Run) throws -> Message {
        do { return try statements(plan, dialect, run) } catch let fault as NotInSQL {
            throw Diagnostic.notInDatabase(fault.what)
        }
    }

    private func statements(_ plan: Plan, _ dialect: any Dialect, _ run: Run) throws -> Message {
        let branches = plan.chain.flatMap(\.branches)
        guard branches.isEmpty else { return try statements(plan, branches, dialect, run) }
        let said = try PlanInSQL(Results(environment).listing(plan), run, dialect: dialect)
        // Numbers typed in a script are not shown again, nor those that the data put in.
        let masked = environment.domain.words.sensitive.masked
        let text = masked(said.statement.text(dialect)) + ";"
        guard let reason = said.reason else { return Message(text) }
        let steps = steps(said.rest, run)
        return Message(
            zh: "-- 其余在本机做（数据库不能算\(reason.zh)）：\(steps.zh)\n" + text,
            en: "-- the rest is done here (the database cannot work out \(reason.en)): "
                + "\(steps.en)\n" + text)
    }

    /// A statement for each of the plans whose rows come together here, as far as there is one.
    private func statements(_ plan: Plan, _ branches: [Plan], _ dialect: any Dialect, _ run: Run)
        throws -> Message {
        let here = steps(plan.chain.reversed(), run)
        let parts = try branches.map { branch -> Message in
            do { return try statements(branch, dialect, run) } catch is NotInSQL {
                let steps = steps(branch.steps.reversed(), run)
                return Message(zh: "-- 在本机：\(steps.zh)", en: "-- here: \(steps.en)")
            }
        }
        return Message(
            zh: "-- 在本机做：\(here.zh)\n" + parts.map(\.zh).joined(separator: "\n"),
            en: "-- done here: \(here.en)\n" + parts.map(\.en).joined(separator: "\n"))
    }

    private func steps(_ plans: [Plan], _ run: Run) -> Message {
        let steps = plans.map { Explanation(environment, Executor(run)).describe($0) }
        return Message(zh: steps.map(\.zh).joined(separator: "；"),
                       en: steps.map(\.en).joined(separator: "; "))
    }
}

extension CommandLineTool {
    /// The queries of a script as statements of a database, on standard output. What the script
    /// asks of the data on its way (the values of parameters, tables that it keeps) is worked out
    /// of the snapshot.
    package func sql(script: String, settings: [String], dialect name: String,
                     snapshots: [String]) -> Int32 {
        heedingInterrupts {
            guard let dialect = Dialects.named(name) else {
                let known = Dialects.names.joined(separator: ", ")
                CommandLineTool.complain(Message(
                    zh: "--dialect 可为 \(known)，没有 \(name)",
                    en: "--dialect takes one of \(known), not \(name)"), [])
                return 2
            }
            let session = newSession(isInteractive: false)
            if let code = load(snapshots, session) { return code }
            session.prefer { $0.dialect = dialect }
            let values = Self.given(settings)
            let (_, fault) = session.collecting {
                try session.runScript(script, given: values, at: nil)
            }
            CommandLineTool.put(session.statements.map { $0[language] + "\n" }
                .joined(separator: "\n"))
            guard let fault else { return 0 }
            session.show(fault, nil)
            return status(false, session)
        }
    }
}
