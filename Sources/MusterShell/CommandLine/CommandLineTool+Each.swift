import MusterBinding
import MusterDiagnostics
import MusterEngine
import MusterLanguage
import MusterReport
import MusterStore

/// A script run once for every row of a level of the tree, each report in a file of its own.
struct EachPlace {
    /// What the parameter is given, and what the file is called after.
    let value: String
    let name: String
}

extension CommandLineTool {
    /// Runs a script for every row of the tree at a level (`unit.district`), with the parameter
    /// that the tree's rows are called by, and writes each report where `output` says, with
    /// `{unit}` for the name.
    func eachStatus(_ script: String, _ settings: [String], each: String, output: String,
                    _ session: Session) -> Int32 {
        do {
            let (parameter, places, outside) = try session.places(each)
            guard output.contains("{\(parameter.en)}") || output.contains("{\(parameter.zh)}") else {
                throw Diagnostic("each.output", Message(
                    zh: "--output 里应有 {\(parameter.en)}，每个\(parameter.zh)各写一个文件，"
                        + "如 \"待办/{\(parameter.en)}.xlsx\"",
                    en: "--output needs {\(parameter.en)}, for every \(parameter.en) has a file of "
                        + "its own, as in \"todo/{\(parameter.en)}.xlsx\""))
            }
            var files: [(place: EachPlace, file: String)] = []
            for place in places {
                let name = FileName.safe(place.name)
                files.append((place, output.replacing("{\(parameter.en)}", with: name)
                    .replacing("{\(parameter.zh)}", with: name)))
            }
            // All of them are looked at before the first is written.
            for (_, file) in files { _ = try session.exportFile(file, at: nil) }
            for (place, file) in files {
                var values = Self.given(settings)
                values[parameter.en] = .text(place.value)
                let (report, fault) = session.collecting {
                    try session.runScript(script, given: values, at: nil)
                }
                if let fault { throw fault }
                try session.export(report, to: session.exportFile(file, at: nil), at: nil)
            }
            session.say(Message(zh: "共写 \(files.count) 个文件", en: "\(files.count) files written"))
            if outside > 0 {
                let source = session.environment.domain.words.hints.source
                session.say(Message(
                    zh: "\(source.zh)中有 \(outside) 个不属于任何一个这样的\(parameter.zh)，不在这些文件里",
                    en: "of the \(source.en), \(outside) belong to no such \(parameter.en) and are in "
                        + "none of these"))
            }
            return 0
        } catch {
            for fault in (error as? Diagnostics)?.all ?? [] { session.show(fault, nil) }
            if !(error is Diagnostics) { session.show(error, nil) }
            return status(false, session)
        }
    }

    /// `k=v` as parameters.
    static func given(_ settings: [String]) -> [String: GivenValue] {
        var values: [String: GivenValue] = [:]
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1,
                                      omittingEmptySubsequences: false)
            values[String(parts[0])] = .text(String(parts[1]))
        }
        return values
    }
}

extension Session {
    /// The rows of the tree at a level that a path names, in the official order; what the tree's
    /// rows are called; and how many of the usual rows belong to none of them.
    func places(_ path: String) throws -> (Term, [EachPlace], outside: Int) {
        let domain = environment.domain
        guard let tree = domain.tree, let key = tree.keyField, let label = tree.labelField,
              let levelField = tree.levelField,
              let last = path.split(whereSeparator: { ".的".contains($0) }).last,
              let level = tree.levels.first(where: { $0.matches(String(last)) }) else {
            let known = domain.tree?.levels.map(\.zh).joined(separator: "、") ?? ""
            let english = domain.tree?.levels.map(\.en).joined(separator: ", ") ?? ""
            throw Diagnostic("each.level", Message(
                zh: "--each 之后应为层级，没有“\(path)”；可用：\(known)",
                en: "--each takes a level, and \"\(path)\" is none: one of \(english)"))
        }
        let table = try asked("\(tree.name) | where \(levelField) = \(level.en) "
                              + "| select \(key), \(label)")
        var counts: [Cell: Int] = [:]
        for name in table.cells[1] { counts[name, default: 0] += 1 }
        let places = (0..<table.rowCount).map { row in
            let key = Self.text(table.cells[0][row]), name = Self.text(table.cells[1][row])
            let isAlone = counts[table.cells[1][row]] == 1
            return EachPlace(value: isAlone ? name : key, name: isAlone ? name : name + "-" + key)
        }
        let source = domain.words.hints.source.en
        let above = domain.wayUp(to: tree.name) ?? ""
        let outside = try asked("\(source) | where \(above).\(level.en) is none | count")
        guard case .integer(let count)? = outside.cells.first?.first else {
            return (tree.rowNoun, places, 0)
        }
        return (tree.rowNoun, places, Int(count))
    }

    /// What a query that the program itself writes gives.
    private func asked(_ text: String) throws -> ResultTable {
        let source = SourceText(text: text)
        let parsed = parse(source, vocabulary: sessionVocabulary)
        guard let statement = parsed.statements.first,
              case .query(let query) = statement.kind else {
            throw Diagnostics(parsed.diagnostics)
        }
        return try result(of: query, source)
    }

    private static func text(_ cell: Cell) -> String {
        if case .text(let text) = cell { text } else { "" }
    }
}

/// Names of files made from names of things.
enum FileName {
    /// Without what file systems, shells and spreadsheets take amiss; never empty, at most 200
    /// bytes.
    static func safe(_ name: String) -> String {
        var safe = ""
        for character in visible(name) {
            guard safe.utf8.count + character.utf8.count <= 200 else { break }
            safe.append("/\\:*?\"<>|\u{0}\n\r\t".contains(character) ? "_" : character)
        }
        while safe.hasPrefix(".") || safe.hasPrefix(" ") { safe.removeFirst() }
        while safe.hasSuffix(".") || safe.hasSuffix(" ") { safe.removeLast() }
        return safe.isEmpty ? "_" : safe
    }
}
