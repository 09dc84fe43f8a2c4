import MusterPlan
import MusterStore

extension Vector {
    /// The value at a position of a vector of anything but rows, which only an engine can name.
    package func constant(_ index: Int) -> Constant {
        if isNone(index) { return .none }
        switch self {
        case .bool(let v): return .bool(v[index] == 1)
        case .int(let v): return .int(v[index])
        case .double(let v): return .double(v[index])
        case .day(let v): return .day(v[index])
        case .row: preconditionFailure("a row is named before it is a constant")
        case .text(let v, let d): return .text(d[v[index]])
        }
    }
}
