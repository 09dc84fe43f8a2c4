import MusterPlan
import MusterStore

/// What fields and definitions came to for the rows of one batch: `stars` is asked for by every
/// column that counts one of its values.
final class NamedValues {
    private struct Key: Hashable {
        let scalar: Scalar
        let place: Place
    }
    private var known: [Key: Vector] = [:]

    func value(_ scalar: Scalar, _ place: Place, _ compute: () throws -> Vector) rethrows
        -> Vector {
        let key = Key(scalar: scalar, place: place)
        if let value = known[key] { return value }
        let value = try compute()
        known[key] = value
        return value
    }
}
