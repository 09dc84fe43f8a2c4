import MusterValues
import MusterDiagnostics

extension Chart {
    /// More series than these cannot be told apart in a picture.
    static let mostSeries = 8

    /// The chart with rows of one category told apart by the values of their other keys: as
    /// series of their own where they are few and one value is drawn, else in their labels.
    func apart(_ keys: [[Cell]]) -> Chart {
        guard !keys.isEmpty, Set(categories).count < categories.count else { return self }
        let names = categories.indices.map { row in
            Term.joined(keys.map { $0[row].term })
        }
        var distinct: [Term] = []
        for name in names where !distinct.contains(name) {
            distinct.append(name)
            if distinct.count > Self.mostSeries { break }
        }
        guard series.count == 1, distinct.count <= Self.mostSeries else {
            let labels = zip(categories, names).map { Cell.term(.joined([$0.term, $1])) }
            // A line from one group to the next would say that they follow each other.
            return Chart(kind: kind == .line ? .bar : kind, category: category, categories: labels,
                         series: series, targets: targets, unranked: unranked)
        }
        return split(names, distinct, series[0])
    }

    private func split(_ names: [Term], _ distinct: [Term], _ whole: Series) -> Chart {
        var places: [Cell: Int] = [:]
        var kept: [Cell] = []
        for cell in categories where places[cell] == nil {
            places[cell] = kept.count
            kept.append(cell)
        }
        var values = Dictionary(uniqueKeysWithValues: distinct.map {
            ($0, [Double?](repeating: nil, count: kept.count))
        })
        var goals = [Set<Double?>](repeating: [], count: kept.count)
        for (row, cell) in categories.enumerated() {
            guard let place = places[cell] else { continue }
            values[names[row]]?[place] = whole.values[row]
            goals[place].insert(targets[row])
        }
        return Chart(
            kind: kind, category: category, categories: kept,
            series: distinct.map { name in
                var column = whole.column
                column.label = name
                return Series(column: column, values: values[name] ?? [])
            },
            targets: goals.map { $0.count == 1 ? $0.first ?? nil : nil },
            unranked: unranked)
    }
}

extension Cell {
    /// The value as a name in a picture.
    fileprivate var term: Term {
        switch self {
        case .none: Term("(none)", "（空）")
        case .text(let text): Term(text)
        case .own: Cell.direct
        case .term(let term): term
        case .bool(let value): value ? Term("yes", "是") : Term("no", "否")
        case .integer(let value): Term(String(value))
        case .decimal(let value, let places): Term(FixedPoint.text(value, places))
        case .number(let value): Term(value.description)
        case .day(let day): Term(CivilDay.text(day))
        case .month(let month): Term(CivilDay.text(ofMonth: month))
        case .year(let year): Term(String(year))
        }
    }
}

extension Term {
    fileprivate static func joined(_ terms: [Term]) -> Term {
        Term(terms.map(\.en).joined(separator: " "), terms.map(\.zh).joined(separator: " "))
    }
}
