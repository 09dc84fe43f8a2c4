import MusterBinding
import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

/// What binding asks of the data in memory.
struct EngineFacts: Facts {
    private let environment: Environment
    private let run: Run

    init(_ environment: Environment, _ run: Run) {
        self.environment = environment
        self.run = run
    }

    func rows(named name: String, of entity: String) throws -> NamedRows {
        let dataSets = run.universe.dataSets
        guard !dataSets.isEmpty else { return .found(RowName(entity: entity, key: name)) }
        for index in run.universe.searchOrder {
            let finder = RowFinder(dataSets[index], environment.domain, entity)
            let answer = dataSets[index].isRemote(entity)
                ? try Executor(run).remoteRow(named: name, entity, dataSets[index])
                : finder.find(name)
            switch answer {
            case .found(let row):
                return .found(RowName(entity: entity, key: finder.key(row)))
            case .ambiguous(let rows):
                let first = rows.prefix(NamedRows.named)
                return .ambiguous(first: first.map { (finder.label($0), finder.key($0)) },
                                  count: rows.count)
            case .missing: continue
            }
        }
        return .missing(near: RowFinder(dataSets[run.universe.current], environment.domain, entity)
            .nearest(to: name))
    }

    func label(of row: RowName) -> String? {
        run.union.number(ofKey: row.key, entity: row.entity).map {
            CellMaker(environment).label($0, row.entity, at: nil)
        }
    }

    func tops(of entity: String) throws -> [(row: RowName, label: String)] {
        guard run.universe.dataSets.indices.contains(run.universe.current) else { return [] }
        let data = run.universe.dataSets[run.universe.current]
        let finder = RowFinder(data, environment.domain, entity)
        return (data.parents[entity] ?? []).enumerated().filter { $0.element < 0 }.map {
            let row = Int32($0.offset)
            return (RowName(entity: entity, key: finder.key(row)), finder.label(row))
        }
    }

    func pivotValues(of column: ColumnID, in plan: Plan) throws -> [PivotHeading] {
        guard let info = plan.schema[column] else { return [] }
        let executor = Executor(run)
        let values = try executor.pivotValues(try executor.execute(plan), info)
        let names = values.map { term($0, info.type) }
        let counts = Dictionary(names.map { ($0.en, 1) }, uniquingKeysWith: +)
        return zip(values, names).map { value, name in
            // Columns of rows of one name bear their keys as well.
            guard case .row(let row) = value.value, counts[name.en] != 1
            else { return PivotHeading(value: value, name: name) }
            return PivotHeading(value: value, name: Term("\(name.en) (\(row.key))",
                                                         "\(name.zh)（\(row.key)）"))
        }
    }

    func value(of scalar: Scalar, at reading: Reading?) throws -> Constant {
        let place = try reading.map { try run.universe.place($0) } ?? run.usual
        var frame = Frame.unit(place)
        frame.isLocal = false
        return run.constant(try Evaluator(run).evaluate(scalar, frame), 0, scalar.type)
    }

    func checkInterrupted() throws { try run.checkCancelled() }

    /// A value as a column's name; what is sensitive stays masked.
    private func term(_ value: PivotValue, _ type: ValueType) -> Term {
        if value.isTotal { return ColumnNames.total }
        if case .row(let name) = value.value {
            let number = run.union.number(ofKey: name.key, entity: name.entity) ?? -1
            return Term(CellMaker(environment).label(number, name.entity, at: nil))
        }
        switch CellMaker(environment).cell(value.value, type) {
        case .none: return Term("none", "空")
        case .text(let text): return Term(text)
        case .term(let term): return term
        case .bool(let value): return (value ? Keyword.true : Keyword.false).term
        default: return Term(value.value.plain(as: type))
        }
    }
}
