import MusterValues
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

/// The types of script parameters.
struct ParameterKind: Sendable {
    let name: Term
    /// Names a row of the tree.
    var isPlace = false
    let accepts: @Sendable (ValueType) -> ValueType?
    var isText: Bool { name.en == "text" || isPlace }

    static func all(_ domain: Domain) -> [ParameterKind] {
        let place = domain.tree.map { tree in
            ParameterKind(name: tree.rowNoun, isPlace: true) { type in
                type == .row(tree.name) ? type : asText(type)
            }
        }
        return own + (place.map { [$0] } ?? [])
    }

    /// What must be hidden in a value must be in the parameter.
    @Sendable private static func asText(_ type: ValueType) -> ValueType? {
        type.isText ? .text(madeOf: [type]) : nil
    }

    private static let own = [
        ParameterKind(name: Term("year", "年度")) { $0 == .year || $0 == .integer ? .year : nil },
        ParameterKind(name: Term("month", "月份")) { $0 == .month ? .month : nil },
        ParameterKind(name: Term("date", "日期")) { $0 == .day ? .day : nil },
        ParameterKind(name: Term("period", "期间")) { $0.isTemporal ? $0 : nil },
        ParameterKind(name: Term("number", "数")) { $0.isNumeric ? $0 : nil },
        ParameterKind(name: Term("text", "文字"), accepts: asText),
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
            let shown = example?.shown
            throw Diagnostic("parameter.value", Message(
                zh: "参数“\(parameter.text)”须是\(name.zh)，不是\(type.name.zh)",
                en: "the parameter \"\(parameter.text)\" must be a \(name.en), not "
                    + type.name.en), at: expression.span,
                hint: shown.map { Message(zh: "例如 \($0)", en: "for example \($0)") })
        }
        return try placed(Parameter(type: accepted, value: value), binder, at: expression.span)
    }

    /// A text that names a row of the tree as that row.
    func placed(_ parameter: Parameter, _ binder: Binder, at span: Span) throws -> Parameter {
        guard isPlace else { return parameter }
        let row: RowName
        switch parameter.value {
        case .row(let own): row = own
        case .text(let name):
            guard let named = try binder.row(named: name, at: span) else { return parameter }
            row = named
        default: return parameter
        }
        return Parameter(type: .row(row.entity), value: .row(row), label: binder.label(of: row))
    }
}
