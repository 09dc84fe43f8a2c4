/// The six comparisons, over whole arrays. A comparison with none is false, but for `!=`, which
/// is true; two nones are not equal either. (A literal `none` asks whether there is a value.)
public enum ComparisonOperator: String, Sendable, Hashable, Codable {
    case equal = "=", notEqual = "!=", less = "<", lessOrEqual = "<="
    case greater = ">", greaterOrEqual = ">="

    /// The operator with its sides exchanged.
    public var mirrored: ComparisonOperator {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        default: self
        }
    }
}
