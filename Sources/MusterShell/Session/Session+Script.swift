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
    /// and keeps does not outlive it.
    ///
    /// - Parameter atEnd: is shown the names as they are behind the last statement.
    package func runScript(_ name: String, given values: [String: GivenValue], at span: Span?,
                           atEnd: @escaping (Environment) -> Void = { _ in }) throws {
        let path = try ScriptLibrary.find(name, beside: frames.last?.path, at: span)
        guard !frames.contains(where: { $0.path == path }) else {
            throw Diagnostic("script.circle", Message(
                zh: "脚本 \(path) 用到了自己", en: "the script \(path) runs itself"), at: span)
        }
        try check(reading: path, at: span)
        try ScriptLibrary.checkNumber(open: frames.count, begun: frames.first?.begun ?? 0, at: span)
        let source = SourceText(name: path, text: try ScriptLibrary.read(path, at: span))
        var reader = StatementReader(source,
                                     SessionVocabulary(environment, definitions: false))
        guard reader.faults.isEmpty else { throw Diagnostics(reader.faults) }
        try checkNames(values, reader.statements, span)
        let isAlone = report == nil
        let body = { [self] in
            try inside(ScriptFrame(path: path, names: .init(given: values))) {
                try following(Message(zh: "运行 \(name)", en: "running \(name)"), isWhole: true) {
                    var index = 0
                    while let statement = try reader.next(sessionVocabulary) {
                        console.progress?.count(index, reader.count)
                        try execute([statement], source)
                        index += 1
                    }
                }
                atEnd(environment)
                if frames.count == 1, let frame = frames.last {
                    add([Provenance(self, of: frame).block])
                    var paper = frame.paper
                    paper.unit = reportingUnit
                    self.frame(paper)
                }
            }
        }
        guard isAlone else { return try body() }
        let (made, fault) = collecting(body)
        if !made.blocks.isEmpty { present(made) }
        if let fault { throw fault }
    }

    /// The row of the tree that the script's figures are about: the one it was given, else the
    /// top.
    private var reportingUnit: Message? {
        guard let tree = environment.domain.tree, environment.data != nil else { return nil }
        let given = environment.parameters.sorted { $0.key < $1.key }.map(\.value)
            .first { $0.type == .row(tree.name) }
        if let given { return Message(CellMaker(environment).shown(given)) }
        let binder = binder(nil)
        return (try? binder.top(of: tree, Span(0, 0))).flatMap { binder.label(of: $0) }
            .map { Message($0) }
    }

    /// Another script's statements, in this one's place and with its names.
    func include(_ name: String, from call: CommandCall) throws {
        let path = try ScriptLibrary.find(name, beside: call.source.name, at: call.span)
        guard !frames.contains(where: { $0.path == path }) else {
            throw Diagnostic("script.circle", Message(
                zh: "脚本 \(path) 引入了自己", en: "the script \(path) includes itself"),
                at: call.span)
        }
        try check(reading: path, at: call.span)
        try ScriptLibrary.checkNumber(open: frames.count, begun: frames.first?.begun ?? 0,
                                      at: call.span)
        let source = SourceText(name: path, text: try ScriptLibrary.read(path, at: call.span))
        var reader = StatementReader(source, sessionVocabulary)
        try inside(ScriptFrame(path: path)) {
            while let statement = try reader.next(sessionVocabulary) {
                try execute([statement], source)
            }
        }
    }

    /// A script reads what was given to it only.
    func check(reading path: String, at span: Span?) throws {
        do { try files.checkReading(path) } catch { throw error.placed(at: span) }
    }

    /// What was given to the script that runs.
    var given: [String: GivenValue] {
        frames.naming.flatMap { frames[$0].names?.given } ?? [:]
    }

    private func checkNames(_ values: [String: GivenValue], _ statements: some Sequence<Statement>,
                            _ span: Span?) throws {
        let declared = statements.compactMap { statement -> String? in
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
        let kinds = ParameterKind.all(environment.domain)
        guard let kind = kinds.first(where: { $0.name.matches(type.text) }) else {
            let names = kinds.map(\.name) + [Session.tableKind]
            throw Diagnostic("parameter.type", Message(
                zh: "没有参数类型“\(type.text)”", en: "no parameter type \"\(type.text)\""),
                at: type.span, hint: Message(
                    zh: "可用：" + names.map(\.zh).joined(separator: "、"),
                    en: "one of " + names.map(\.en).joined(separator: ", ")))
        }
        let value: Parameter
        switch given[name.text] {
        case .text(let text)?:
            if kind.isText, !(kind.isPlace && Globals.root.matches(text)) {
                do {
                    value = try kind.placed(Parameter(type: .plainText, value: .text(text)),
                                            binder(SourceText(name: name.text, text: text)),
                                            at: Span(0, text.utf8.count))
                } catch let fault as Diagnostic {
                    throw fault.located(in: SourceText(name: name.text, text: text))
                }
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
                            let shown = example.shown
                            return Message(zh: "例如 \(name.text)=\(shown)",
                                           en: "for example \(name.text)=\(shown)")
                        })
                }
            }
        case .expression(let expression, let own, let names)?:
            do {
                let binder = Binder(names, run: newRun(), source: own)
                value = try kind.value(of: expression, binder, name)
                try account(for: binder.sought, own.slice(expression.span), at: expression.span)
            } catch let diagnostic as Diagnostic { throw diagnostic.located(in: own) }
        case nil:
            guard let initial else {
                throw Diagnostic("parameter.missing", Message(
                    zh: "参数“\(name.text)”没有给值", en: "the parameter \"\(name.text)\" has no value"),
                    at: name.span, hint: Message(zh: "运行时写 \(name.text)=…",
                                                 en: "run it with \(name.text)=…"))
            }
            let binder = binder(source)
            value = try kind.value(of: initial, binder, name)
            try account(for: binder.sought, source.slice(initial.span), at: initial.span)
        }
        change(.parameter(value, as: name.text))
    }
}
