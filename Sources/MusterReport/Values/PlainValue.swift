import MusterValues
import MusterDiagnostics
import MusterStore

/// A value as programs read it (csv, tsv): full precision, ISO dates, none empty. Codes and
/// totals in the language asked for; true and false in neither.
func plainText(_ cell: Cell, _ language: Language) -> String {
    switch cell {
    case .none: ""
    case .text(let text), .own(let text): text
    case .term(let term): term[language]
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .decimal(let value, let places): FixedPoint.text(value, places)
    case .number(let value): plainText(value)
    case .day(let day): CivilDay.text(day)
    case .month(let month): CivilDay.text(ofMonth: month)
    case .year(let year): String(year)
    }
}

/// The shortest form that reads back as the same double. Not-a-number is none.
func plainText(_ value: Double) -> String {
    value.isNaN ? "" : value == 0 ? "0.0" : value.description
}
