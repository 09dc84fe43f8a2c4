/// What a plan reads of a snapshot at days before the snapshot's own.
package struct LookingBack: Sendable, Hashable {
    /// A stored column that says nothing of the past: it has no day since when it holds.
    package struct Field: Sendable, Hashable {
        package let entity: String
        package let column: String

        package init(entity: String, column: String) {
            self.entity = entity
            self.column = column
        }
    }

    package var fields: Set<Field> = []
    /// Each with the snapshot that it is read from.
    package var days: Set<Reading> = []

    package init() {}

    package mutating func formUnion(_ other: LookingBack) {
        fields.formUnion(other.fields)
        days.formUnion(other.days)
    }
}

extension Plan {
    /// The columns for which `isStanding` that it reads at earlier days, and those days.
    ///
    /// - Parameter query: where the statement itself reads, for a plan that reads no source.
    package func lookingBack(query: Reading?,
                             _ isStanding: (LookingBack.Field) -> Bool) -> LookingBack {
        var found = LookingBack()
        for step in chain {
            let readings = step.readings.isEmpty ? [query].compactMap { $0 } : step.readings
            let earlier = readings.filter { $0.day < $0.snapshot }.map {
                Reading(snapshot: $0.snapshot, day: $0.day)
            }
            for scalar in step.scalars {
                scalar.collect(into: &found, earlier, readings, isStanding)
            }
        }
        return found
    }
}

extension Scalar {
    /// - Parameters:
    ///   - earlier: the days before their snapshots at which it is read.
    ///   - readings: all of its readings.
    fileprivate func collect(into found: inout LookingBack, _ earlier: [Reading],
                             _ readings: [Reading], _ isStanding: (LookingBack.Field) -> Bool) {
        switch node {
        case .field(let entity, let column, _):
            let field = LookingBack.Field(entity: entity, column: column)
            if !earlier.isEmpty, isStanding(field) {
                found.fields.insert(field)
                found.days.formUnion(earlier)
            }
        case .atDay(let value, let day):
            let then = readings.compactMap { reading -> Reading? in
                // A day that is worked out may be any.
                guard case .day(let day)? = day.bare.constantValue else { return reading }
                return Reading(snapshot: reading.snapshot, day: day)
            }
            value.collect(into: &found, then.filter { $0.day < $0.snapshot }, then, isStanding)
            day.collect(into: &found, earlier, readings, isStanding)
            return
        case .related(let aggregate, _):
            let inner = [aggregate.owner] + [aggregate.condition].compactMap { $0 }
                + aggregate.measures.flatMap { [$0.measured, $0.condition].compactMap { $0 } }
            for scalar in inner { scalar.collect(into: &found, earlier, readings, isStanding) }
        case .subquery(let plan):
            found.formUnion(plan.lookingBack(query: readings.last, isStanding))
        default: break
        }
        for part in parts { part.collect(into: &found, earlier, readings, isStanding) }
    }
}
