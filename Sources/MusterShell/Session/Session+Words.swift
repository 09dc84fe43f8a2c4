import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport
import MusterStore
import MusterValues

/// Fills the holes in the texts of a report: `{to}` with a parameter, `{name}` with the one value
/// of a `let`, `{name.column}` with a column of its one row, as a table shows it.
final class ReportWords {
    private let session: Session
    private let source: SourceText
    private var results: [String: ResultTable] = [:]

    init(_ session: Session, _ source: SourceText) {
        self.session = session
        self.source = source
    }

    /// - Throws: `text.value` where a `let` has more or fewer values than one, `text.column` where
    ///   it has no such column, and whatever is wrong with its query.
    func filled(_ template: Template, _ language: Language) throws -> String {
        try template.parts.map { part in
            switch part {
            case .text(let text): text
            case .hole(let name): try value(name, language)
            }
        }.joined()
    }

    private func value(_ name: Name, _ language: Language) throws -> String {
        let environment = session.environment
        if let parameter = environment.parameters[name.text] {
            return switch (parameter.type, parameter.value) {
            case (.day, .day(let day)): CivilDay.written(day, language)
            case (.month, .day(let month)): CivilDay.written(ofMonth: month, language)
            default: CellMaker(environment).shown(parameter)
            }
        }
        let parts = name.text.split(separator: ".", maxSplits: 1).map(String.init)
        guard let definition = environment.definitions[parts[0]], definition.parameters.isEmpty
        else { return "{\(name.text)}" }
        let table = try result(of: Name(parts[0], name.span))
        guard table.rowCount == 1, parts.count == 2 || table.columns.count == 1 else {
            throw several(parts[0], table, name.span)
        }
        guard parts.count == 2 else { return table.written(row: 0, column: 0, language) }
        guard let column = table.columns.firstIndex(where: { $0.name.matches(parts[1]) }) else {
            let names = table.columns.map(\.name)
            throw Diagnostic("text.column", Message(
                zh: "“\(parts[0])”没有列“\(parts[1])”",
                en: "\"\(parts[0])\" has no column \"\(parts[1])\""), at: name.span,
                hint: suggestion(for: parts[1], among: names) ?? Message(
                    zh: "它的列：" + names.map(\.zh).joined(separator: "、"),
                    en: "it has " + names.map(\.en).joined(separator: ", ")))
        }
        return table.written(row: 0, column: column, language)
    }

    private func several(_ name: String, _ table: ResultTable, _ span: Span) -> Diagnostic {
        Diagnostic("text.value", Message(
            zh: "“\(name)”有 \(table.rowCount) 行 \(table.columns.count) 列，文字里只能用一个值",
            en: "\"\(name)\" has \(table.rowCount) rows and \(table.columns.count) columns; a text "
                + "takes one value"), at: span,
            hint: table.rowCount == 1
                ? Message(zh: "写明哪一列：{\(name).列名}", en: "say which column: {\(name).column}")
                : Message(zh: "先汇总成一行", en: "summarize it to one row"))
    }

    private func result(of name: Name) throws -> ResultTable {
        if let known = results[name.text] { return known }
        let table = try session.result(of: Expression(.path([name]), name.span), source)
        results[name.text] = table
        return table
    }
}
