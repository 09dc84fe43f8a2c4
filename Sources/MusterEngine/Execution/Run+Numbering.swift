import MusterPlan
import MusterStore

extension Run {
    /// Rows of a data set by the numbers of the union; other values as they are.
    func united(_ vector: Vector, _ type: ValueType, from dataSet: Int) -> Vector {
        guard !universe.isTrivial, case .row(let rows) = vector, case .row(let entity) = type
        else { return vector }
        return .row(union.united(rows, entity: entity, from: dataSet))
    }

    /// Rows by the numbers of the union as a data set numbers them; other values as they are.
    func local(_ vector: Vector, _ type: ValueType, in dataSet: Int) -> Vector {
        guard !universe.isTrivial, case .row(let rows) = vector, case .row(let entity) = type
        else { return vector }
        return .row(union.local(rows, entity: entity, in: dataSet))
    }
}
