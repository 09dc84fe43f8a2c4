import MusterStore
import MusterValues

/// The rows of a snapshot's table, a value at a time, as an import would have read them.
struct StoredRows {
    private let table: Table
    private let schema: TableSchema
    /// By referenced table: the keys of its rows.
    private let keys: [String: (codes: [Int32], texts: TextDictionary)]

    init(_ table: Table, _ schema: TableSchema, _ snapshot: Snapshot, _ whole: SnapshotSchema) {
        self.table = table
        self.schema = schema
        var keys: [String: (codes: [Int32], texts: TextDictionary)] = [:]
        for other in whole.tables {
            guard let key = other.key,
                  case .text(let codes, let texts) = snapshot.tables[other.name]?[key] else {
                continue
            }
            keys[other.name] = (codes, texts)
        }
        self.keys = keys
    }

    func text(_ column: String, _ row: Int) -> String? {
        guard case .text(let codes, let texts) = table[column], codes[row] >= 0 else { return nil }
        return texts[codes[row]]
    }

    func day(_ column: String, _ row: Int) -> Int32? {
        guard case .day(let days) = table[column], days[row] != None.day else { return nil }
        return days[row]
    }

    /// The row of another table that this one refers to.
    func row(_ column: String, _ row: Int) -> Int? {
        guard case .reference(let rows, _) = table[column], rows[row] != None.row else {
            return nil
        }
        return Int(rows[row])
    }

    func value(_ column: String, _ row: Int) -> RosterValue? {
        guard let stored = table[column] else { return nil }
        switch stored {
        case .text(let codes, let texts): return codes[row] < 0 ? nil : .text(texts[codes[row]])
        case .day(let days): return days[row] == None.day ? nil : .day(days[row])
        case .integer(let values): return values[row] == None.integer ? nil : .integer(values[row])
        case .hundredths(let values):
            return values[row] == None.short ? nil : .hundredths(Int64(values[row]))
        case .decimal(let values, let places):
            return values[row] == None.integer ? nil : .number(FixedPoint.text(values[row], places))
        case .double(let values): return values[row].isNaN ? nil : .number("\(values[row])")
        case .bool(let values): return values[row] == None.bool ? nil : .bool(values[row] == 1)
        case .reference(let rows, let other):
            guard rows[row] != None.row, let key = keys[other], key.codes[Int(rows[row])] >= 0
            else { return nil }
            return .text(key.texts[key.codes[Int(rows[row])]])
        }
    }

    /// What the schema does not know.
    func extras(_ row: Int) -> [(name: String, value: RosterValue)] {
        table.undeclared.compactMap { name in value(name, row).map { (name, $0) } }
    }
}
