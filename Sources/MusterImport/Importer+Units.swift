import MusterBinding
import MusterDiagnostics
import MusterStore

extension Importer {
    private var levels: [Term] { domain.entity(form.tree)?.levels ?? [] }

    /// The tree: those of a roster or snapshot that was named, else of the earlier one; then what
    /// the files say of it. Paths make new ones where no roster of units is given at all.
    func takeUnits() throws {
        guard let sheet = sheet(form.tree) else { return }
        var rows: [UnitRow] = []
        if let path = options.units, !Self.isSnapshot(path) { try addRoster(path, sheet) }
        try eachRow(of: form.tree) { reading, _ in collect(reading, sheet, &rows) }
        units = UnitBook(grows: options.units == nil && rows.isEmpty)
        if let path = options.units {
            if Self.isSnapshot(path) {
                let snapshot = try path == options.like ? earlier ?? load(path) : load(path)
                if earlier == nil { targets = snapshot.targets }
                take(unitsOf: snapshot, sheet)
            }
        } else if let earlier {
            take(unitsOf: earlier, sheet)
        }
        link(rows, sheet)
        follow(earlier)
    }

    /// A row of a roster of units: it waits for the one above it.
    private struct UnitRow {
        let reading: RowReading
        let name: String
        let key: String
        let level: Int?
    }

    private func collect(_ reading: RowReading, _ sheet: ImportSheet, _ rows: inout [UnitRow])
        -> RowOutcome {
        let entity = domain.entity(form.tree)
        let name = reading.text(entity?.labelField.flatMap { sheet.field($0) }) ?? ""
        let code = reading.text(entity?.levelField.flatMap { sheet.field($0) })
        var level = levels.firstIndex { $0.en == code }
        var reading = reading
        // A path to the unit itself.
        if name.isEmpty, !reading.steps.isEmpty { level = reading.steps.last?.level }
        if level != nil { reading.complaints.removeAll { Self.isMissing($0, entity, sheet) } }
        if ask(reading, sheet.fields, name: name, owner: nil) { return .asked }
        rows.append(UnitRow(
            reading: reading, name: name.isEmpty ? reading.steps.last?.name ?? "" : name,
            key: reading.text(entity?.keyField.flatMap { sheet.field($0) }) ?? "", level: level))
        return .taken
    }

    /// Complaints that name or level are missing, where a path says both.
    private static func isMissing(
        _ complaint: (field: Int, value: String, reason: Message, kind: Question.Kind),
        _ entity: EntityDefinition?, _ sheet: ImportSheet) -> Bool {
        guard complaint.field >= 0, complaint.value.isEmpty else { return false }
        let name = sheet.fields[complaint.field].name
        return name == entity?.levelField || name == entity?.labelField
    }

    /// Puts each below the one above it, those first whose own is there already.
    private func link(_ rows: [UnitRow], _ sheet: ImportSheet) {
        let key = domain.entity(form.tree)?.keyField.flatMap { sheet.field($0) }
        var names: [String: Int] = [:]
        for row in rows { names[Words.place(row.name), default: 0] += 1 }
        var waiting = Array(rows.enumerated())
        while !waiting.isEmpty {
            var left: [(offset: Int, element: UnitRow)] = []
            for (rank, row) in waiting {
                let (above, isKnown) = above(row, names)
                guard isKnown else {
                    left.append((rank, row))
                    continue
                }
                put(row, below: above, rank, key)
            }
            if left.count == waiting.count {
                for (_, row) in left { refuse(row, names) }
                return
            }
            waiting = left
        }
    }

    /// The one above, and whether it can be told yet.
    private func above(_ row: UnitRow, _ names: [String: Int]) -> (Int?, isKnown: Bool) {
        let steps = row.name == row.reading.steps.last?.name
            ? Array(row.reading.steps.dropLast()) : row.reading.steps
        if !row.reading.whereText.isEmpty {
            let text = row.reading.whereText
            if names[Words.place(text), default: 0] > 1, units.node(key: text) == nil {
                return (nil, false)
            }
            if case .found(let place) = units.find(text) { return (place, true) }
            return (nil, false)
        }
        if steps.isEmpty { return (nil, true) }
        if case .found(let place) = units.walk(steps) { return (place, true) }
        return (nil, false)
    }

    private func put(_ row: UnitRow, below above: Int?, _ rank: Int, _ key: Int?) {
        let known = row.key.isEmpty
            ? sameName(row.name, above) : units.node(key: row.key)
        guard let known else {
            units.add(UnitBook.Node(key: row.key, name: row.name, parent: above, level: row.level,
                                    values: row.reading.values, extras: row.reading.extras,
                                    isGiven: true, rank: 1 << 20 + rank),
                      formerKeys: formerKeys(row.reading))
            return
        }
        for (field, value) in row.reading.values.enumerated() where field != key {
            if let value { units.set(value, field, of: known) }
        }
        units.add(extras: row.reading.extras, to: known)
    }

    private func sameName(_ name: String, _ above: Int?) -> Int? {
        guard let above else { return nil }
        guard case .found(let place) = units.find(name, below: above),
              units.nodes[place].parent == above else { return nil }
        return place
    }

    private func formerKeys(_ reading: RowReading) -> [String] {
        guard let schema = domain.schema.tables.first(where: { $0.name == form.tree }),
              let field = schema.aliases.flatMap({ sheet(form.tree)?.field($0) }),
              let text = reading.text(field) else { return [] }
        return text.split { " ,，;；、".contains($0) }.map(String.init)
    }

    /// A row that belongs to nothing: it is asked about instead of taken.
    private var noun: Term { domain.noun(form.tree) }

    private func refuse(_ row: UnitRow, _ names: [String: Int]) {
        let place = row.reading.place
        accounts[place.file][place.sheet].taken -= 1
        accounts[place.file][place.sheet].asked += 1
        let text = row.reading.shownPlace
        let isTwice = names[Words.place(text), default: 0] > 1
        let title = sheet(form.tree)?.fields.first {
            if case .place = $0.reading { true } else { false }
        }?.title ?? placeTitle
        questions.append(Question(
            place: place, name: row.name, field: title, isSensitive: false, value: text,
            reason: isTwice
                ? Message(zh: "有几个\(noun.zh)叫“\(text)”，请写编号或路径",
                          en: "several are called \"\(text)\": give the id or the path")
                : Message(zh: "没有找到上级“\(text)”", en: "the one above, \"\(text)\", is not here"),
            kind: .notTaken))
    }

    // MARK: from elsewhere

    /// A folder, or a document of JSON.
    static func isSnapshot(_ path: String) -> Bool { SnapshotLoader.isSnapshot(path) }

    func load(_ path: String) throws -> Snapshot {
        try SnapshotLoader(schema: domain.schema, discretion: domain.discretion).load(path)
    }

    private func take(unitsOf snapshot: Snapshot, _ sheet: ImportSheet) {
        guard let table = snapshot.tables[form.tree],
              let schema = domain.schema.tables.first(where: { $0.name == form.tree }) else {
            return
        }
        let rows = StoredRows(table, schema, snapshot, domain.schema)
        let entity = domain.entity(form.tree)
        for row in 0..<table.rowCount {
            let values = sheet.fields.map { rows.value($0.name, row) }
            let level = rows.text(entity?.levelField ?? "", row)
            units.add(UnitBook.Node(
                key: rows.text(schema.key ?? "", row) ?? "",
                name: rows.text(entity?.labelField ?? "", row) ?? "", parent: nil,
                level: levels.firstIndex { $0.en == level }, values: values,
                extras: rows.extras(row), isGiven: true),
                formerKeys: (schema.aliases.flatMap { rows.text($0, row) } ?? "")
                    .split(separator: " ").map(String.init))
        }
        for row in 0..<table.rowCount {
            if let above = schema.parent.flatMap({ rows.row($0, row) }) {
                units.move(row, below: above)
            }
        }
    }

    /// A roster of units beside the files: nothing else is read from it.
    private func addRoster(_ path: String, _ sheet: ImportSheet) throws {
        let file = try open(path)
        let index = files.count
        files.append(file)
        senders.append(nil)
        answers.name(files)
        let serials = Set(form.serialHeadings.map(Words.heading))
        let reader = SheetReader(forms: [sheet], serials: serials,
                                 lowestLevelWords: form.lowestLevelWords, mapping: mapping,
                                 table: form.tree)
        var own: [SheetLayout?] = [], faults: [Diagnostic] = []
        accounts.append([])
        for each in file.sheets {
            var account = SheetAccount(file: file.path, sheet: each.name)
            account.hidden = each.hiddenRowCount
            var layout: SheetLayout?
            switch each.rowCount == 0 ? .noHeading : reader.layout(each, file: path) {
            case .layout(let found): layout = found
            case .fault(let fault): faults.append(fault)
            case .noHeading: break
            }
            if let layout {
                account.table = layout.form.title
                account.headingRow = each.number(ofRow: layout.headingRow)
            }
            own.append(layout)
            accounts[index].append(account)
        }
        guard faults.isEmpty else { throw Diagnostics(faults) }
        guard own.contains(where: { $0 != nil }) else {
            throw Diagnostic("import.units", Message(
                zh: "\(path)：没有找到\(noun.zh)名册的标题行（名称、上级、层级，或各级的列）",
                en: "\(path): no headings of such a roster (name, parent, level, or a column a "
                    + "level)"))
        }
        layouts.append(own)
    }

    // MARK: the earlier snapshot

    func readEarlier() throws {
        guard let path = options.like else { return }
        let snapshot = try load(path)
        earlier = snapshot
        targets = snapshot.targets
        guard snapshot.asOf < options.asOf || options.asOf == 0 else {
            notes.append(Message(
                zh: "--like 的快照截至 \(day(snapshot.asOf))，不早于本次的 \(day(options.asOf))",
                en: "the snapshot of --like is of \(day(snapshot.asOf)), not before "
                    + day(options.asOf)))
            return
        }
    }

    /// Remembers the people of the earlier snapshot, by what they are recognised by.
    private func follow(_ snapshot: Snapshot?) {
        guard let snapshot, let table = snapshot.tables[form.persons],
              let schema = domain.schema.tables.first(where: { $0.name == form.persons }),
              let tree = snapshot.tables[form.tree],
              let treeSchema = domain.schema.tables.first(where: { $0.name == form.tree })
        else { return }
        let rows = StoredRows(table, schema, snapshot, domain.schema)
        let unitRows = StoredRows(tree, treeSchema, snapshot, domain.schema)
        let entity = domain.entity(form.persons)
        for row in 0..<table.rowCount {
            var part = ""
            if let unit = rows.row(form.place, row),
               let key = unitRows.text(treeSchema.key ?? "", unit),
               let place = units.node(key: key) {
                part = units.nodes[units.part(place)].key
            }
            known.add(key: rows.text(schema.key ?? "", row) ?? "",
                      number: rows.text(form.number, row),
                      name: rows.text(entity?.labelField ?? "", row),
                      birth: rows.day(form.birth, row), part: part)
        }
    }
}
