import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterLeague
import MusterStore

extension Session {
    /// Loads a JSON, NDJSON or CSV file as a plain table.
    func loadTable(_ path: String, as name: Name, _ source: SourceText) throws {
        try binder(source).checkName(name)
        let table = try plainTable(path, name: name.text)
        environment.tables[name.text] = Results.frozen(
            table, name: name.text, day: environment.data?.asOf ?? 0)
        say(Message(zh: "已装载表 \(name.text)：\(table.rowCount) 行",
                    en: "loaded the table \(name.text): \(table.rowCount) rows"))
    }

    /// A file's rows as a plain table.
    func plainTable(_ path: String, name: String) throws -> Table {
        try following(Self.loading(path)) {
            let loader = PlainTableLoader(
                threads: preferences.threads, cancelled: isInterrupted,
                progress: { [line = output.progress] in line?.count($0.done, $0.total) })
            return try loader.load(path, name: name)
        }
    }

    /// Takes over settings that change what fields mean.
    func applyLeagueSettings() {
        let fresh = Session.environment(preferences.league, dataSets: [])
        var next = Environment(domain: fresh.domain, registry: fresh.registry)
        next.dataSets = environment.dataSets
        next.current = environment.current
        next.tables = environment.tables
        next.definitions = environment.definitions
        next.parameters = environment.parameters
        next.hidesNames = environment.hidesNames
        next.readingDay = environment.readingDay
        environment = next
    }

    /// Another script's statements, in this one's place and with its names.
    func include(_ name: String, from call: CommandCall) throws {
        let found = try ScriptLibrary.find(name, beside: call.source.name, at: call.span)
        guard !runningScripts.contains(found) else {
            throw Diagnostic("script.circle", Message(
                zh: "脚本 \(found) 引入了自己", en: "the script \(found) includes itself"),
                at: call.span)
        }
        runningScripts.append(found)
        defer {
            runningScripts.removeLast()
            skipsSection = false
        }
        let source = SourceText(name: found, text: try ScriptLibrary.read(found, at: call.span))
        let script = parse(source, vocabulary: vocabulary)
        guard script.diagnostics.isEmpty else {
            throw Diagnostics(script.diagnostics.map { $0.located(in: source) })
        }
        do {
            for statement in script.statements { try execute(statement, source) }
        } catch let diagnostic as Diagnostic {
            throw diagnostic.located(in: source)
        } catch let several as Diagnostics {
            throw Diagnostics(several.all.map { $0.located(in: source) })
        }
    }
}
