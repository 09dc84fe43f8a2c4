import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterSQL

/// What a statement's writer asks of the loaded data.
struct RemoteContext: SQLContext {
    let run: Run
    let dialect: any Dialect
    /// Whether rows that stand here may be put into the statement, and values be guessed: where it
    /// is carried out, and not for people.
    let mayBring: Bool

    init(run: Run, dialect: any Dialect, mayBring: Bool = true) {
        self.run = run
        self.dialect = dialect
        self.mayBring = mayBring
    }

    var mayGuess: Bool { mayBring && run.memory.withLock { !$0.hasGuessedWrong } }

    var domain: Domain { run.domain }
    var registry: Registry { run.registry }

    private func data(_ day: Int32) -> DataSet? {
        run.universe.dataSets.first { $0.asOf == day }
    }

    func schema(ofSnapshot day: Int32) -> String? {
        data(day).map { data in
            data.remote?.schema
                ?? Layout.schema(asOf: data.asOf, fingerprint: data.snapshot.fingerprint)
        }
    }

    func stored(_ entity: String, _ column: String, as type: ValueType, snapshot: Int32) throws
        -> StoredColumn? {
        guard let own = data(snapshot)?.tables[entity]?[column], !own.isBlank else {
            return nil
        }
        if own.type == type || (!own.type.isNumeric && own.type.nones(0).isLike(type.nones(0))) {
            return StoredColumn(nil)
        }
        guard let conversion = own.type.conversion(to: type) else {
            throw Diagnostic.differs(column, own.type, type)
        }
        return StoredColumn(conversion)
    }

    func key(of name: RowName, snapshot: Int32) throws -> String? {
        guard let data = data(snapshot) else { return nil }
        if data.isRemote(name.entity) { return name.key }
        guard let index = run.universe.index(of: data) else { return nil }
        let row = run.row(name, in: index)
        return row < 0 ? nil : data.key(row, name.entity)
    }

    func number(of name: RowName, snapshot: Int32) -> Int32? {
        guard mayBring, let data = data(snapshot), !data.isRemote(name.entity),
              let index = run.universe.index(of: data) else { return nil }
        let row = run.row(name, in: index)
        return row < 0 ? nil : row
    }

    func value(of scalar: Scalar, at reading: Reading) throws -> Constant {
        let place = try run.universe.place(reading)
        var frame = Frame.unit(place)
        frame.isLocal = false
        return run.constant(try Evaluator(run).evaluate(scalar, frame), 0, scalar.type)
    }
}

extension Diagnostic {
    /// What neither a database can be asked nor be worked out of what it gives.
    static func notInDatabase(_ what: Message) -> Diagnostic {
        Diagnostic("engine.unsupported", Message(
            zh: "数据库不能计算：\(what.zh)", en: "the database cannot work out \(what.en)"),
            hint: Message(zh: "请换一种写法，或不用 --on，把快照装入内存再查",
                          en: "say it otherwise, or load the snapshot into memory, without --on"))
    }
}
