import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

extension Session {
    /// The word behind the colon of a parameter that is a table.
    static let tableKind = Term("table", "表")

    /// `param NAME: table = empty(…)`: the file given from outside, else the table of that name
    /// that is loaded, else one without rows. It is the script's own and does not outlive it.
    func declareTable(_ name: Name, _ initial: Expression?, _ source: SourceText) throws {
        guard let initial else {
            throw Diagnostic("parameter.shape", Message(
                zh: "表参数“\(name.text)”须写明有哪些列",
                en: "the table parameter \"\(name.text)\" must name its columns"), at: name.span,
                hint: Message(zh: "写作 空表(id: 文字, n: 数)", en: "write empty(id: text, n: number)"))
        }
        let shape = try TableShape(initial)
        let table: FrozenTable
        if let given = try givenTable(name) {
            table = try shape.fitted(given, at: name.span)
        } else if let loaded = environment.tables[name.text] {
            table = try shape.fitted(loaded, at: name.span)
        } else {
            table = shape.empty(name: name.text)
        }
        change(.table(table, as: name.text))
    }

    private func givenTable(_ name: Name) throws -> FrozenTable? {
        let path: String
        switch given[name.text] {
        case nil: return nil
        case .text(let text)?: path = text
        case .expression(let expression, let own, let names)?:
            guard case (.text(let text), _) = try Binder(names, run: newRun(), source: own)
                .value(of: expression) else {
                throw Diagnostic("parameter.value", Message(
                    zh: "参数“\(name.text)”须是文件名",
                    en: "the parameter \"\(name.text)\" is a file's name"),
                    at: expression.span).located(in: own)
            }
            path = text
        }
        try filesOfCaller.checkReading(path)
        change(.parameter(Parameter(type: .plainText, value: .text(path)), as: name.text))
        change(.source(path))
        return Results.frozen(try plainTable(path, name: name.text), name: name.text,
                              day: environment.data?.asOf ?? 0, domain: environment.domain)
    }
}
