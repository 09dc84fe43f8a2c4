import MusterBinding
import MusterDiagnostics
import MusterFiles
import MusterStore
import MusterValues

extension Importer {
    /// Where everything goes, looked at before anything is read.
    func places(_ policy: FilePolicy) throws -> (snapshot: FilePlace, questions: String)? {
        if options.isDryRun { return nil }
        let files = Set(domain.schema.tables.map { $0.file + ".ndjson" }
            + ["manifest.json", "corrections.ndjson", "questions.ndjson"])
        return (try policy.place(options.target) { files.contains($0) }, questionsPath)
    }

    /// Writes snapshot and questions aside and puts both into their places.
    func write(_ places: (snapshot: FilePlace, questions: String)?, _ result: ImportResult,
               _ policy: FilePolicy) throws {
        guard let places else { return }
        let book = questions.isEmpty ? nil : try policy.place(places.questions)
        let whole = try Unfinished(places.snapshot, .folder, isPrivate: true)
        try write(manifest, "manifest.json", whole)
        try write(unitRows, form.tree, whole)
        try write(personRows, form.persons, whole)
        for sheet in sheets where ![form.tree, form.persons].contains(sheet.table) {
            guard let rows = facts[sheet.table] else { continue }
            try write(factRows(rows, sheet), sheet.table, whole)
        }
        if !answers.corrections.isEmpty { try write(correctionRows, "corrections.ndjson", whole) }
        if !questions.isEmpty { try write(questionRows, "questions.ndjson", whole) }
        let bytes = try book.map { _ in try questionWorkbook() }
        try checkCancelled()
        try whole.finish()
        if let book, let bytes { try writeAside(book, bytes, isPrivate: true) }
    }

    private func write(_ bytes: [UInt8], _ name: String, _ whole: Unfinished) throws {
        let schema = domain.schema.tables.first { $0.name == name }
        let file = try whole.file(schema.map { $0.file + ".ndjson" } ?? name)
        try file.write(bytes)
        try file.close()
        try checkCancelled()
    }

    private var manifest: [UInt8] {
        var row = SnapshotRow()
        row.string("format", domain.schema.format)
        row.string("as_of", day(options.asOf))
        let names = options.files.map(Mapping.lastName)
        let more = names.count > 20 ? " … (\(names.count))" : ""
        row.string("source", names.prefix(20).joined(separator: ", ") + more)
        if let targets, targets != domain.schema.defaultTargets {
            let targets = targets.map { target in
                var one = SnapshotRow()
                one.literal("year", String(target.year))
                one.literal("rate", FixedPoint.text(target.rate, 6))
                if let by = target.by { one.string("by", day(by)) }
                if let owner = target.owner { one.string(domain.schema.targetOwner, owner) }
                return String(decoding: one.line().dropLast(), as: UTF8.self)
            }
            row.literal("targets", "[" + targets.joined(separator: ",") + "]")
        }
        return row.line()
    }

    private func extras(_ extras: [(name: String, value: RosterValue)], _ row: inout SnapshotRow) {
        for extra in extras { row.add(extra.name, extra.value) }
    }

    private var unitRows: [UInt8] {
        guard let schema = domain.schema.tables.first(where: { $0.name == form.tree }),
              let entity = domain.entity(form.tree), let sheet = sheet(form.tree) else { return [] }
        var bytes: [UInt8] = []
        for place in units.order {
            let node = units.nodes[place]
            var row = SnapshotRow()
            for field in schema.fields {
                switch field.name {
                case schema.key: row.string(field.name, node.key)
                case entity.labelField: row.string(field.name, node.name)
                case schema.parent:
                    if let parent = node.parent { row.string(field.name, units.nodes[parent].key) }
                case entity.levelField:
                    if let level = node.level { row.string(field.name, entity.levels[level].en) }
                default:
                    if let at = sheet.field(field.name), at < node.values.count,
                       let value = node.values[at] { row.add(field.name, value) }
                }
            }
            extras(node.extras, &row)
            bytes += row.line()
        }
        return bytes
    }

    private var personRows: [UInt8] {
        guard let schema = domain.schema.tables.first(where: { $0.name == form.persons }),
              let sheet = sheet(form.persons) else { return [] }
        var bytes: [UInt8] = []
        for person in people.people {
            var row = SnapshotRow()
            for field in schema.fields {
                if field.name == schema.key {
                    row.string(field.name, person.key)
                } else if field.name == form.place {
                    row.string(field.name, units.nodes[person.owner].key)
                } else if let at = sheet.field(field.name), let value = person.values[at] {
                    row.add(field.name, value)
                }
            }
            extras(person.extras, &row)
            bytes += row.line()
        }
        return bytes
    }

    private func factRows(_ rows: [Fact], _ sheet: ImportSheet) -> [UInt8] {
        guard let schema = domain.schema.tables.first(where: { $0.name == sheet.table }) else {
            return []
        }
        var bytes: [UInt8] = [], number = 0
        let own = Set(rows.compactMap { fact -> String? in
            guard let key = schema.key.flatMap({ sheet.field($0) }),
                  case .text(let text) = fact.values[key] else { return nil }
            return text
        })
        for fact in rows {
            var row = SnapshotRow()
            for field in schema.fields {
                let value = sheet.field(field.name).flatMap { fact.values[$0] }
                if field.name == sheet.person, let person = fact.person {
                    row.string(field.name, people.people[person].key)
                } else if case .reference(form.tree) = field.type, let owner = fact.owner {
                    row.string(field.name, units.nodes[owner].key)
                } else if field.name == schema.key, value == nil {
                    repeat { number += 1 } while own.contains("T\(number)")
                    row.string(field.name, "T\(number)")
                } else if let value {
                    row.add(field.name, value)
                }
            }
            extras(fact.extras, &row)
            bytes += row.line()
        }
        return bytes
    }

    // MARK: questions and answers

    /// What may not be seen is masked: the workbook that the answer came in holds it.
    private func shown(_ text: String, _ isSensitive: Bool) -> String {
        isSensitive ? masked(text) : domain.words.sensitive.masked(text)
    }

    private var correctionRows: [UInt8] {
        answers.corrections.flatMap { one -> [UInt8] in
            var row = SnapshotRow()
            row.string("file", one.file)
            row.string("sheet", one.sheet)
            row.literal("row", String(one.row))
            if !one.name.isEmpty { row.string("person", one.name) }
            row.string("field", one.field.zh)
            if !one.from.isEmpty { row.string("from", shown(one.from, one.isSensitive)) }
            row.string("to", AnswerBook.isWord(one.to) ? one.to : shown(one.to, one.isSensitive))
            row.string("by", one.by)
            return row.line()
        }
    }

    private var questionRows: [UInt8] {
        questions.flatMap { question -> [UInt8] in
            let file = files[question.place.file]
            var row = SnapshotRow()
            row.string("file", Mapping.lastName(file.path))
            row.string("sheet", file.sheets[question.place.sheet].name)
            if question.place.row > 0 { row.literal("row", String(question.place.row)) }
            if let owner = question.owner { row.string("unit", units.nodes[owner].key) }
            if !question.name.isEmpty { row.string("person", question.name) }
            row.string("field", question.field.zh)
            if !question.value.isEmpty {
                row.string("value", shown(question.value, question.isSensitive))
            }
            row.string("reason", question.reason[options.language])
            row.literal("taken", question.kind == .notTaken ? "false" : "true")
            return row.line()
        }
    }
}
