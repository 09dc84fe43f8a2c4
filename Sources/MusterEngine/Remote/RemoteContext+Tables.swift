import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterSQL
import MusterStore
import MusterValues

/// Rows of plain tables that stand here, for statements over a database.
extension RemoteContext {
    private static let relation = Message(zh: "关联", en: "a relation")

    /// Rows of entities have other numbers in each of several snapshots; statements for people
    /// hold no rows.
    private func checkTable(_ columns: [ValueType], _ what: Message) throws {
        guard mayBring else {
            throw NotInSQL(Message(
                zh: "\(what.zh)：那张表只在本机，写给人看的语句里没有它的行；用 --on 查询时随语句带去",
                en: "\(what.en): that table stands here only, and a statement to look at holds none "
                    + "of its rows; with --on they go along"))
        }
        guard run.universe.isTrivial || !columns.contains(where: { $0.entity != nil }) else {
            throw NotInSQL(Message(zh: "几份快照的行", en: "rows of several snapshots"))
        }
    }

    private func type(_ column: Int, of table: TableReference) throws -> ValueType {
        _ = try run.frame(table)
        return run.tables[table.name]?.columns[column].type ?? .none
    }

    func rows(of lookUp: LookUp, key: ValueType) throws -> [BroughtColumn] {
        let own = try type(lookUp.key, of: lookUp.table)
        let valueType = try type(lookUp.value, of: lookUp.table)
        try checkTable([own, valueType], Message(zh: "查表", en: "lookup"))
        let frame = try run.frame(lookUp.table)
        let keys = frame.columns[lookUp.key].compared(with: key, lookUp)
        var seen = Set<Datum>(), rows: [Int32] = []
        for row in 0..<keys.count where !keys.isNone(row) {
            guard seen.insert(keys.datum(row)).inserted else {
                throw NotInSQL(Message(zh: "查表 \(lookUp.table.name)：键不唯一",
                                       en: "lookup in \(lookUp.table.name): keys that are not "
                                        + "unique"))
            }
            rows.append(Int32(row))
        }
        return [BroughtColumn(keys.gathered(rows), key),
                BroughtColumn(frame.columns[lookUp.value].gathered(rows), valueType)]
    }

    func rows(of match: Match, snapshot: Int32) throws -> [BroughtColumn] {
        guard case .table(let table, _) = match.upper else {
            throw NotInSQL(Self.relation)
        }
        try checkTable(match.keys.map(\.type), Self.relation)
        let place = try run.universe.place(Reading(snapshot: snapshot, day: snapshot))
        let frame = try run.wholeFrame(match.upper, place)
        let keys = try match.keys.map { try Evaluator(run).evaluate($0, frame) }
        let (index, numbers) = try run.numbers(match, keys, place)
        let rows = (0..<Int32(frame.count)).filter { row in
            if case .found = index.outcome(numbers, Int(row)) { true } else { false }
        }
        let shown = zip(keys, match.forms).map { $0.gathered(rows).mapped(by: $1) }
        return [BroughtColumn(.row(rows), .tableRow(table))]
            + zip(shown, match.keys).map { BroughtColumn($0, $1.type) }
    }

    func cells(of table: TableReference, _ column: Int) throws -> [BroughtColumn] {
        let own = try type(column, of: table)
        try checkTable([own], Self.relation)
        let values = try run.frame(table).columns[column]
        return [BroughtColumn(.row(Array(0..<Int32(values.count))), .tableRow(table)),
                BroughtColumn(values, own)]
    }

    func related(_ aggregate: RelatedAggregate, at reading: Reading) throws
        -> (columns: [BroughtColumn], nothing: Constant) {
        let owner = aggregate.owner.type, output = aggregate.output.type
        guard aggregate.rows.table != nil, owner.entity != nil, output.entity == nil else {
            throw NotInSQL(Self.relation)
        }
        try checkTable([owner], Self.relation)
        let place = try run.universe.place(reading)
        let all = try run.related(aggregate, place)
        let nothing = all.constant(all.count - 1)
        let rows = (0..<Int32(all.count - 1)).filter { all.constant(Int($0)) != nothing }
        return ([BroughtColumn(.row(rows), owner), BroughtColumn(all.gathered(rows), output)],
                nothing)
    }
}

extension Vector {
    /// Keys of a look-up as they are compared with a wanted value of a type.
    fileprivate func compared(with wanted: ValueType, _ lookUp: LookUp) -> Vector {
        guard case .int(let values) = self else { return self }
        if let places = lookUp.keyPlaces {
            let unit = Double(FixedPoint.unit(places))
            return .double(values.map { $0 == None.integer ? None.double : Double($0) / unit })
        }
        guard lookUp.finer > 0 else { return self }
        let unit = Int64(FixedPoint.unit(lookUp.finer))
        // What does not fit is equal to nothing of so many places.
        return .int(values.map { value in
            let (scaled, overflow) = value.multipliedReportingOverflow(by: unit)
            return value == None.integer || overflow ? None.integer : scaled
        })
    }

    /// Texts as keys of a form are compared.
    fileprivate func mapped(by form: KeyForm) -> Vector {
        guard form != .exact, case .text(let codes, let texts) = self else { return self }
        var builder = TextBuilder()
        let mapped = codes.map { $0 < 0 ? None.code : builder.code(form.key(texts[$0])) }
        return .text(mapped, builder.dictionary)
    }
}
