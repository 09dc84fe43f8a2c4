import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// Literals that are also the name of a column at hand: `2017` behind `pivot year`, `2016年` over
/// a file with that heading. A name is never silently something else.
extension Binder {
    /// The expression in a place that names columns: a literal that is exactly a column's name is
    /// that column.
    func naming(_ expression: Expression, _ scope: Scope) -> Expression {
        guard let name = name(written: expression),
              scope.isOpen || column(named: name, scope) != nil else { return expression }
        note(name.span, Term(name.text))
        return Expression(.path([name]), expression.span)
    }

    /// In an expression such a literal could be read either way.
    func refuseColumnName(_ expression: Expression, _ scope: Scope) throws {
        guard let name = name(written: expression), column(named: name, scope) != nil
        else { return }
        throw Diagnostic("name.literal", Message(
            zh: "“\(name.text)”既是一个值，又是一列的名称",
            en: "\(name.text) is a value, and the name of a column too"), at: expression.span,
            hint: Message(zh: "指这一列写 `\(name.text)`，指这个值写 (\(name.text))",
                          en: "write `\(name.text)` for the column, (\(name.text)) for the value"))
    }

    /// A literal as it is written, where it could be a heading: a text in quotes could not, and
    /// what stands in brackets is meant as a value.
    private func name(written expression: Expression) -> Name? {
        guard case .literal(let literal) = expression.kind, let source else { return nil }
        if case .text = literal { return nil }
        let typed = source.slice(expression.span)
        guard typed.first != "(", typed.first != "（" else { return nil }
        return Name(asciiForms(typed), expression.span, isQuoted: true)
    }

    private func column(named name: Name, _ scope: Scope) -> ColumnInfo? {
        scope.columns.last { !$0.isHidden && $0.path.count == 1 && $0.path[0].matches(name.text) }
    }
}
