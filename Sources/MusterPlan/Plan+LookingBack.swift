/// What a plan reads of a snapshot at days before the snapshot's own.
package struct LookingBack: Sendable, Hashable {
    /// A stored column whose values hold at the snapshot's day, since a day that may be unknown.
    package struct Field: Sendable, Hashable {
        package let entity: String
        package let column: String

        package init(entity: String, column: String) {
            self.entity = entity
            self.column = column
        }
    }

    /// Columns read at earlier days of which no row says since when.
    package var fields: Set<Field> = []
    /// Columns read at earlier days of which rows say since when.
    package var dated: Set<Field> = []
    /// Each with the snapshot that it is read from.
    package var days: Set<Reading> = []
    /// Days after those of the snapshots that they are read from.
    package var laterDays: Set<Reading> = []

    /// Whether rows of the snapshot of a day say since when a column's values hold; nil for a
    /// column that needs no such day.
    package typealias IsDated = (Field, Int32) -> Bool?

    package init() {}

    package mutating func formUnion(_ other: LookingBack) {
        fields.formUnion(other.fields)
        dated.formUnion(other.dated)
        days.formUnion(other.days)
        laterDays.formUnion(other.laterDays)
    }
}

extension Plan {
    /// The columns that hold since a day and that it reads at earlier days, and those days.
    ///
    /// - Parameter query: where the statement itself reads, for a plan that reads no source.
    package func lookingBack(query: Reading?,
                             _ isDated: LookingBack.IsDated) -> LookingBack {
        var found = LookingBack()
        for step in steps {
            let readings = step.readings.isEmpty ? [query].compactMap { $0 } : step.readings
            found.laterDays.formUnion(readings.filter { $0.day > $0.snapshot }.map {
                Reading(snapshot: $0.snapshot, day: $0.day)
            })
            let earlier = readings.filter { $0.day < $0.snapshot }.map {
                Reading(snapshot: $0.snapshot, day: $0.day)
            }
            for scalar in step.scalars {
                scalar.collect(into: &found, earlier, readings, isDated)
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
                             _ readings: [Reading], _ isDated: LookingBack.IsDated) {
        switch node {
        case .field(let entity, let column, _):
            let field = LookingBack.Field(entity: entity, column: column)
            for reading in earlier {
                switch isDated(field, reading.snapshot) {
                case true?: found.dated.insert(field)
                case false?:
                    found.fields.insert(field)
                    found.days.insert(reading)
                case nil: break
                }
            }
        case .atDay(let value, let day):
            let then = readings.compactMap { reading -> Reading? in
                // A day that is worked out may be any.
                guard case .day(let day)? = day.bare.constantValue else { return reading }
                return Reading(snapshot: reading.snapshot, day: day)
            }
            value.collect(into: &found, then.filter { $0.day < $0.snapshot }, then, isDated)
            day.collect(into: &found, earlier, readings, isDated)
            return
        case .related(let aggregate, _):
            let inner = [aggregate.owner] + [aggregate.condition].compactMap { $0 }
                + aggregate.measures.flatMap(\.scalars)
            for scalar in inner { scalar.collect(into: &found, earlier, readings, isDated) }
        case .subquery(let plan):
            found.formUnion(plan.lookingBack(query: readings.last, isDated))
        default: break
        }
        for part in parts { part.collect(into: &found, earlier, readings, isDated) }
    }
}
