import MusterDiagnostics
import MusterEngine
import MusterPlan
import MusterSQL
import MusterStore

extension Session {
    /// A plan as a statement that gives the same table, and what is left to be done with what it
    /// gives where a database cannot do all of it.
    func inSQL(_ plan: Plan, _ dialect: any Dialect, _ run: Run) throws -> Message {
        let said = try PlanInSQL(Results(environment).listing(plan), run, dialect: dialect)
        // Numbers typed in a script are not shown again, nor those that the data put in.
        let masked = environment.domain.words.sensitive.masked
        let text = masked(said.statement.text(dialect)) + ";"
        guard let reason = said.reason else { return Message(text) }
        let steps = said.rest.map { Explanation(environment, Executor(run)).describe($0) }
        return Message(
            zh: "-- 其余在本机做（数据库不能算\(reason.zh)）："
                + steps.map(\.zh).joined(separator: "；") + "\n" + text,
            en: "-- the rest is done here (the database cannot work out \(reason.en)): "
                + steps.map(\.en).joined(separator: "; ") + "\n" + text)
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
