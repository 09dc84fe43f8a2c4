import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore
import MusterValues

/// A plain table's column by the values of another.
struct LookUpTable: Sendable {
    fileprivate let values: Vector
    fileprivate let rows: [Datum: Int32]
    /// Keys that several rows have.
    fileprivate let repeated: Set<Datum>
}

extension Evaluator {
    func lookUp(_ lookUp: LookUp, _ keys: Vector) throws -> Vector {
        let table = try run.remembered(\.lookUps, lookUp) { try lookUpTable(lookUp) }
        let positions = try (0..<keys.count).map { index -> Int32 in
            guard let key = keys.datum(index).exact(lookUp.keyPlaces) else { return -1 }
            if table.repeated.contains(key) {
                throw Diagnostic("lookup.several", Message(
                    zh: "查表：表 \(lookUp.table.name) 中有多行与同一个键相符",
                    en: "lookup: several rows of \(lookUp.table.name) match one key"),
                    at: lookUp.span)
            }
            return table.rows[key] ?? -1
        }
        return table.values.gathered(positions)
    }

    private func lookUpTable(_ lookUp: LookUp) throws -> LookUpTable {
        let frame = try run.frame(lookUp.table)
        let keys = frame.columns[lookUp.key]
        var rows: [Datum: Int32] = [:], repeated: Set<Datum> = []
        for index in 0..<keys.count {
            guard let key = keys.datum(index).scaled(lookUp.finer) else { continue }
            if key == .none { continue }
            if rows.updateValue(Int32(index), forKey: key) != nil { repeated.insert(key) }
        }
        return LookUpTable(values: frame.columns[lookUp.value], rows: rows, repeated: repeated)
    }

    func benchmark(_ row: Scalar?, _ year: Scalar, _ frame: Frame, _ place: Place) throws
        -> Vector {
        guard case .day(let years) = try value(year, frame, place), run.data(place) != nil else {
            return .int([Int64](repeating: None.integer, count: frame.count))
        }
        var rows = [Int32](repeating: None.row, count: frame.count)
        if let row, case .row(let own) = try value(row, frame, place) { rows = own }
        let benchmarks = run.remembered(\.benchmarks, place.dataSet) {
            Benchmarks(run.universe.dataSets[place.dataSet], run.domain)
        }
        return .int(zip(rows, years).map { benchmarks.rate(row: $0, year: $1) })
    }
}

extension Datum {
    /// A double as an exact decimal of so many places; nil where there is none that it is, nor
    /// any that is equal to it. Without places itself.
    fileprivate func exact(_ places: Int?) -> Datum? {
        guard let places, case .constant(.double(let value)) = self else { return self }
        let unit = Double(FixedPoint.unit(places))
        guard let whole = Int64(exactly: (value * unit).rounded()),
              Double(whole) / unit == value else { return nil }
        return .constant(.int(whole))
    }

    /// An exact decimal with so many places more; nil where that does not fit, and nothing of
    /// that many places is equal to it.
    fileprivate func scaled(_ places: Int) -> Datum? {
        guard places > 0, case .constant(.int(var value)) = self else { return self }
        for _ in 0..<places {
            let (next, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = next
        }
        return .constant(.int(value))
    }
}

/// A snapshot's targets by row of the tree and year, in millionths: read from the relation that
/// the domain declares.
struct Benchmarks: Sendable {
    private var general: [Int32: Int64] = [:]
    private var own: [Int64: Int64] = [:]
    private let above: [Int32]

    init(_ data: DataSet, _ domain: Domain) {
        guard let targets = domain.targets,
              case .day(let years)? = data.column(targets.entity, targets.year),
              case .decimal(let rates, 6)? = data.column(targets.entity, targets.rate),
              case .reference(let owners, _)? = data.column(targets.entity, targets.owner)
        else { above = []; return }
        above = data.parents[targets.tree] ?? []
        for row in years.indices {
            let rate = rates[row]
            if owners[row] == None.row { general[years[row]] = rate; continue }
            // A target for a row that this snapshot does not have (-2) is nobody's.
            if owners[row] >= 0 { own[Int64(owners[row]) << 32 | Int64(years[row])] = rate }
        }
    }

    /// The row's own or nearest ancestor's, else the year's; none where there is none.
    func rate(row: Int32, year: Int32) -> Int64 {
        if year == None.day { return None.integer }
        var current = row
        while current >= 0, Int(current) < above.count, !own.isEmpty {
            if let rate = own[Int64(current) << 32 | Int64(year)] { return rate }
            current = above[Int(current)]
        }
        return general[year] ?? None.integer
    }
}
