import MusterValues
import MusterBinding
import MusterDiagnostics
import MusterStore

/// Finds a row of a tree by what people call it: its exact name, else its id (an earlier one
/// included), else a part of its name, if that fits one row only or one above all others.
struct RowFinder {
    enum Answer {
        case found(Int32)
        case missing
        case ambiguous([Int32])
    }
    private let data: DataSet
    private let entity: EntityDefinition?
    private let table: Table?

    init(_ data: DataSet, _ domain: Domain, _ entity: String) {
        self.data = data
        self.entity = domain.entity(entity)
        self.table = data.tables[entity]
    }

    func find(_ name: String) -> Answer {
        guard let entity, let table, let label = entity.labelField,
              case .text(let codes, let dictionary)? = table[label] else { return .missing }
        let own = dictionary.code(of: name)
        let exact = own.map { own in rows(codes) { $0 == own } } ?? []
        if exact.count == 1 { return .found(exact[0]) }
        if exact.count > 1 { return top(exact) }
        if let row = data.row(name, of: entity.name) { return .found(row) }
        let holding = name.isEmpty ? [] : dictionary.texts(holding: name)
        let partly = holding.contains(true) ? rows(codes) { holding[Int($0)] } : []
        return partly.isEmpty ? .missing : top(partly)
    }

    /// The one row that is above (or is) all the others, if there is one.
    private func top(_ rows: [Int32]) -> Answer {
        if rows.count == 1 { return .found(rows[0]) }
        guard let entity, let above = data.parents[entity.name] else { return .ambiguous(rows) }
        // It is on the way up from each of them, so from the first.
        let known = Set(rows)
        var next = rows[0], passed: Set<Int32> = []
        while next >= 0, passed.insert(next).inserted {
            if known.contains(next) {
                let below = data.below([next], entity: entity.name)
                if rows.allSatisfy({ below[Int($0)] == 1 }) { return .found(next) }
            }
            next = above[Int(next)]
        }
        return .ambiguous(rows)
    }

    /// The rows whose names' codes pass a test.
    private func rows(_ codes: [Int32], _ test: (Int32) -> Bool) -> [Int32] {
        codes.indices.filter { codes[$0] >= 0 && test(codes[$0]) }.map { Int32($0) }
    }

    /// The name of a row, for messages.
    func label(_ row: Int32) -> String {
        entity.flatMap { data.text(row, $0.name, $0.labelField) } ?? ""
    }

    func key(_ row: Int32) -> String { entity.flatMap { data.key(row, $0.name) } ?? "" }

    /// The names that a mistyped one may have meant, as a whole or by their beginning.
    func nearest(to name: String) -> [Term] {
        let labels = self.labels
        guard labels.count <= 100_000 else { return [] }
        let whole = MusterDiagnostics.nearest(name, among: labels.map { Term($0) })
        guard whole.isEmpty else { return whole }
        var byBeginning: [String: String] = [:]
        for label in labels {
            let beginning = String(label.prefix(name.count))
            if byBeginning[beginning] == nil { byBeginning[beginning] = label }
        }
        return MusterDiagnostics.nearest(name, among: byBeginning.keys.sorted().map { Term($0) })
            .compactMap { byBeginning[$0.en].map { Term($0) } }
    }

    /// Every name, for suggestions.
    var labels: [String] {
        guard let entity, let table, let label = entity.labelField,
              case .text(_, let dictionary)? = table[label] else { return [] }
        return dictionary.texts
    }
}
