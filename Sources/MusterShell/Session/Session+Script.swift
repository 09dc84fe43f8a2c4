import Foundation
import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport
import MusterStore

/// A parameter's value from outside: an expression already read, in the names of the place
/// where it was written, or the text of `--set`.
package enum GivenValue {
    case expression(MusterLanguage.Expression, SourceText, Environment)
    case text(String)
}

extension Session {
    /// Runs a script by its path or short name, in an environment of its own: what it defines
    /// does not outlive it, tables kept with `into` do.
    package func runScript(_ name: String, given values: [String: GivenValue], at span: Span?)
        throws {
        let path = try ScriptLibrary.find(name, beside: runningScripts.last, at: span)
        guard !runningScripts.contains(path) else {
            throw Diagnostic("script.circle", Message(
                zh: "脚本 \(path) 用到了自己", en: "the script \(path) runs itself"), at: span)
        }
        let source = SourceText(name: path, text: try ScriptLibrary.read(path, at: span))
        let script = parse(source, vocabulary: SessionVocabulary(environment, definitions: false))
        guard script.diagnostics.isEmpty else {
            throw Diagnostics(script.diagnostics.map { $0.located(in: source) })
        }
        try checkNames(values, script, span)
        let outer = (environment: environment, given: given, isCollecting: report != nil,
                     skipsSection: skipsSection, scriptTables: scriptTables)
        scriptTables = [:]
        environment.definitions = [:]
        environment.parameters = [:]
        given = values
        if report == nil { report = Report() }
        if runningScripts.isEmpty { (measureDefinitions, isLookingBack) = ([], false) }
        runningScripts.append(path)
        defer {
            runningScripts.removeLast()
            for (name, before) in scriptTables { environment.tables[name] = before }
            let tables = environment.tables
            scriptTables = outer.scriptTables
            (environment, given) = (outer.environment, outer.given)
            skipsSection = outer.skipsSection
            environment.tables = tables
            if !outer.isCollecting {
                let made = report ?? Report()
                report = nil
                if !made.blocks.isEmpty { present(made) }
            }
        }
        do {
            try following(Message(zh: "运行 \(name)", en: "running \(name)"), isWhole: true) {
                for (index, statement) in script.statements.enumerated() {
                    output.progress?.count(index, script.statements.count)
                    try execute(statement, source)
                }
            }
        } catch let diagnostic as Diagnostic {
            throw diagnostic.located(in: source)
        } catch let several as Diagnostics {
            throw Diagnostics(several.all.map { $0.located(in: source) })
        }
        if runningScripts.count == 1 { add([Provenance(self, script: path).block]) }
    }

    private func checkNames(_ values: [String: GivenValue], _ script: ParsedScript, _ span: Span?)
        throws {
        let declared = script.statements.compactMap { statement -> String? in
            if case .parameter(let name, _, _, _, _) = statement.kind { name.text } else { nil }
        }
        for name in values.keys.sorted() where !declared.contains(name) {
            throw Diagnostic("parameter.unknown", Message(
                zh: "脚本没有参数“\(name)”", en: "the script has no parameter \"\(name)\""),
                at: span, hint: declared.isEmpty
                    ? Message(zh: "它没有参数", en: "it has none")
                    : Message(zh: "它的参数：" + declared.joined(separator: "、"),
                              en: "it has " + declared.joined(separator: ", ")))
        }
    }

    /// `param name: type = default "…"`: the value given from outside, else the default.
    func declare(_ name: Name, _ type: Name, _ initial: MusterLanguage.Expression?, _ zh: Template?,
                 _ en: Template?, _ source: SourceText) throws {
        if Session.tableKind.matches(type.text) { return try declareTable(name, initial, source) }
        guard let kind = ParameterKind.all.first(where: { $0.name.matches(type.text) }) else {
            let names = ParameterKind.all.map(\.name) + [Session.tableKind]
            throw Diagnostic("parameter.type", Message(
                zh: "没有参数类型“\(type.text)”", en: "no parameter type \"\(type.text)\""),
                at: type.span, hint: Message(
                    zh: "可用：" + names.map(\.zh).joined(separator: "、"),
                    en: "one of " + names.map(\.en).joined(separator: ", ")))
        }
        let value: Parameter
        switch given[name.text] {
        case .text(let text)?:
            if kind.isText {
                value = Parameter(type: .plainText, value: .text(text))
            } else {
                let own = SourceText(name: name.text, text: text)
                do {
                    value = try kind.value(
                        of: try parseExpression(own, vocabulary: vocabulary),
                        binder(own), name)
                } catch {
                    throw Diagnostic("parameter.value", Message(
                        zh: "参数“\(name.text)”须是\(kind.name.zh)，不是“\(text)”",
                        en: "the parameter \"\(name.text)\" must be a \(kind.name.en), not "
                            + "\"\(text)\""),
                        hint: kind.example.map { example in
                            let shown = example.text(environment.domain)
                            return Message(zh: "例如 \(name.text)=\(shown)",
                                           en: "for example \(name.text)=\(shown)")
                        })
                }
            }
        case .expression(let expression, let own, let names)?:
            do {
                value = try kind.value(
                    of: expression, Binder(names, run: newRun(), source: own), name)
            } catch let diagnostic as Diagnostic { throw diagnostic.located(in: own) }
        case nil:
            guard let initial else {
                throw Diagnostic("parameter.missing", Message(
                    zh: "参数“\(name.text)”没有给值", en: "the parameter \"\(name.text)\" has no value"),
                    at: name.span, hint: Message(zh: "运行时写 \(name.text)=…",
                                                 en: "run it with \(name.text)=…"))
            }
            value = try kind.value(of: initial, binder(source), name)
        }
        environment.parameters[name.text] = value
    }
}

/// The types of script parameters.
struct ParameterKind: Sendable {
    let name: Term
    let accepts: @Sendable (ValueType) -> ValueType?
    var isText: Bool { name.en == "text" || name.en == "unit" }

    static let all = [
        ParameterKind(name: Term("year", "年度")) { $0 == .year || $0 == .integer ? .year : nil },
        ParameterKind(name: Term("month", "月份")) { $0 == .month ? .month : nil },
        ParameterKind(name: Term("date", "日期")) { $0 == .day ? .day : nil },
        ParameterKind(name: Term("period", "期间")) { $0.isTemporal ? $0 : nil },
        ParameterKind(name: Term("number", "数")) { $0.isNumeric ? $0 : nil },
        ParameterKind(name: Term("text", "文字")) { $0.isText ? .plainText : nil },
        ParameterKind(name: Term("unit", "组织")) { $0.isText ? .plainText : nil },
        ParameterKind(name: Term("boolean", "是否")) { $0 == .bool ? .bool : nil },
    ]

    /// A parameter of this type with some value, for checking without data.
    var example: Parameter? {
        let day = CivilDay.days(ofYear: 2015).upperBound
        let values: [(ValueType, Constant)] = [
            (.year, .day(2015)), (.month, .day(CivilDay.month(of: day))), (.day, .day(day)),
            (.bool, .bool(true)), (.integer, .int(1)), (.plainText, .text("")),
        ]
        return values.first { accepts($0.0) == $0.0 }.map { Parameter(type: $0.0, value: $0.1) }
    }

    func value(of expression: MusterLanguage.Expression, _ binder: Binder, _ parameter: Name) throws
        -> Parameter {
        let (value, type) = ["year", "period"].contains(name.en)
            ? try binder.period(expression) : try binder.value(of: expression)
        // A bare word is a text where a text is due: unit=和平区.
        guard let accepted = accepts(type) else {
            let shown = example?.text(binder.catalog.domain)
            throw Diagnostic("parameter.value", Message(
                zh: "参数“\(parameter.text)”须是\(name.zh)，不是\(type.name.zh)",
                en: "the parameter \"\(parameter.text)\" must be a \(name.en), not "
                    + type.name.en), at: expression.span,
                hint: shown.map { Message(zh: "例如 \($0)", en: "for example \($0)") })
        }
        return Parameter(type: accepted, value: value)
    }
}

/// Where saved scripts are.
enum ScriptLibrary {
    static let ending = ".muster"

    /// Folders searched for short names: one named by the user, the installed ones, those of a
    /// checkout that the program was built in, and the current folder's.
    static var folders: [String] {
        SharedFiles.folders("statistics", variable: "MUSTER_SCRIPTS")
    }

    /// A script named within another one is first looked for beside it.
    static func find(_ name: String, beside other: String? = nil, at span: Span?) throws -> String {
        var isFolder: ObjCBool = false
        if let other, other.contains("/"), !name.hasPrefix("/"),
           let found = try? find((other as NSString).deletingLastPathComponent + "/" + name,
                                 at: nil) { return found }
        for path in [name, name + ending]
        where FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && !isFolder.boolValue { return path }
        if !name.contains("/") {
            for folder in folders {
                let path = "\(folder)/\(name)\(ending)"
                if FileManager.default.fileExists(atPath: path) { return path }
            }
        }
        let known = scripts().map { Term($0.name) }
        throw Diagnostic("script.unknown", Message(
            zh: "找不到脚本“\(name)”", en: "there is no script \"\(name)\""), at: span,
            hint: suggestion(for: name, among: known)
                ?? Message(zh: "用“脚本”查看有哪些", en: "`scripts` lists those there are"))
    }

    static func read(_ path: String, at span: Span?) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Diagnostic("script.unreadable", Message(
                zh: "读不了脚本 \(path)", en: "cannot read the script \(path)"), at: span)
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw Diagnostic("script.encoding", Message(
                zh: "脚本 \(path) 不是 UTF-8 编码", en: "the script \(path) is not UTF-8"),
                at: span, hint: Message(zh: "请另存为 UTF-8", en: "save it as UTF-8"))
        }
        if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
        return text
    }

    /// All saved scripts by their short names, each once.
    static func scripts() -> [(name: String, path: String)] {
        var found: [String: String] = [:]
        for folder in folders {
            for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            where file.hasSuffix(ending) {
                let name = String(file.dropLast(ending.count))
                if found[name] == nil { found[name] = folder + "/" + file }
            }
        }
        return found.sorted { $0.key < $1.key }.map { (name: $0.key, path: $0.value) }
    }
}
