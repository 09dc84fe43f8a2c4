import MusterPlan

/// Where a row is read: one of the universe's data sets, at a day.
struct Place: Hashable, Sendable {
    let dataSet: Int
    let day: Int32
}

/// Where the rows of a frame are read: one place for all, or each its own.
enum Places: Sendable {
    case same(Place)
    /// For each row its place's position in the list.
    case each([Int32], of: [Place])

    func at(_ index: Int) -> Place {
        switch self {
        case .same(let place): place
        case .each(let positions, let places): places[Int(positions[index])]
        }
    }

    /// The different places.
    var all: [Place] {
        switch self {
        case .same(let place): [place]
        case .each(_, let places): places
        }
    }

    /// The one place that all rows are read in; nil where they are read in several.
    var common: Place? {
        switch self {
        case .same(let place): return place
        case .each(let own, let places):
            guard let first = own.first, own.allSatisfy({ $0 == first }) else { return nil }
            return places[Int(first)]
        }
    }

    func gathered(_ positions: [Int32]) -> Places {
        switch self {
        case .same: self
        case .each(let own, let places):
            .each(positions.map { $0 < 0 ? 0 : own[Int($0)] }, of: places)
        }
    }

    /// The same places in another universe.
    func mapped(_ move: (Place) -> Place) -> Places {
        switch self {
        case .same(let place): .same(move(place))
        case .each(let own, let places): .each(own, of: places.map(move))
        }
    }

    /// Places one after the other; the counts say how many rows each has.
    static func concatenated(_ parts: [(places: Places, count: Int)]) -> Places {
        var list = PlaceList()
        var positions: [Int32] = []
        for part in parts {
            switch part.places {
            case .same(let place):
                positions += repeatElement(list.position(of: place), count: part.count)
            case .each(let own, let places):
                let moved = places.map { list.position(of: $0) }
                positions += own.map { moved[Int($0)] }
            }
        }
        return list.places.count == 1 ? .same(list.places[0]) : .each(positions, of: list.places)
    }
}

/// Different places, numbered as they come.
struct PlaceList: Sendable {
    private(set) var places: [Place] = []
    private var known: [Place: Int32] = [:]

    mutating func position(of place: Place) -> Int32 {
        if let position = known[place] { return position }
        let position = Int32(places.count)
        places.append(place)
        known[place] = position
        return position
    }
}
