import MusterBinding
import MusterPlan
import MusterStore

/// The records of service as the rules that look at several of them read them.
struct ServiceRecords {
    private let members: [Int32]
    private let dates: [Int32]
    private let hundredths: [Int32]
    private let isCertified: [UInt8]
    private let persons: Int

    /// Nil where the books have no such columns.
    init?(_ data: any SnapshotTables) {
        guard case .reference(let members, _)? = data.column(Service.table, "member"),
              case .day(let dates)? = data.column(Service.table, "date"),
              case .hundredths(let hours)? = data.column(Service.table, "hours"),
              case .bool(let certified)? = data.column(Service.table, "certified")
        else { return nil }
        (self.members, self.dates, hundredths, isCertified) = (members, dates, hours, certified)
        persons = data.rowCount(People.table)
    }

    func member(_ row: Int32) -> Int32 { members[Int(row)] }
    func date(_ row: Int32) -> Int32 { dates[Int(row)] }
    /// In hundredths; at least 0.
    func hours(_ row: Int32) -> Int64 { Int64(max(0, hundredths[Int(row)])) }

    /// The rows of certified records, ascending.
    var certified: [Int32] { isCertified.indices.filter { isCertified[$0] == 1 }.map { Int32($0) } }

    /// Goes through the persons with so many records and more: the rows of each, by day and then
    /// as in the file. Throws where the user has stopped it.
    func byPerson(atLeast least: Int, _ derivation: any Derivation,
                  _ body: (ArraySlice<Int32>) throws -> Void) throws {
        let (starts, rows) = bucketed
        for person in 0..<persons {
            if person % 65_536 == 0 { try derivation.checkCancelled() }
            guard Int(starts[person + 1] - starts[person]) >= least else { continue }
            var own = rows[Int(starts[person])..<Int(starts[person + 1])]
            own.sort { (dates[Int($0)], $0) < (dates[Int($1)], $1) }
            try body(own)
        }
    }

    /// The rows by their person: those of person p are `rows[starts[p]..<starts[p + 1]]`.
    private var bucketed: (starts: [Int32], rows: [Int32]) {
        var starts = [Int32](repeating: 0, count: persons + 1)
        for member in members where member >= 0 { starts[Int(member) + 1] += 1 }
        for person in 0..<persons { starts[person + 1] += starts[person] }
        var next = starts
        var rows = [Int32](repeating: 0, count: Int(starts[persons]))
        for (row, member) in members.enumerated() where member >= 0 {
            rows[Int(next[Int(member)])] = Int32(row)
            next[Int(member)] += 1
        }
        return (starts, rows)
    }
}
