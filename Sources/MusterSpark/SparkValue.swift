import MusterPlan
import MusterValues

enum SparkValue {
    /// A value as a statement is given it, to be cast to its type; nil for none.
    static func text(_ value: Constant, _ type: ValueType) -> String? {
        switch value {
        case .none: nil
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .double(let value): value.isNaN ? nil : "\(value)"
        case .day(let value):
            value == Int32.max ? nil : type == .day ? CivilDay.text(value) : String(value)
        case .row(let row): row.key
        case .text(let text): text
        }
    }
}
