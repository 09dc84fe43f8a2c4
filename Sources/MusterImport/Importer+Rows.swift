import MusterBinding
import MusterDiagnostics
import MusterStore

extension Importer {
    /// Makes the rows of the tree that paths name, before anybody is put anywhere: what a name or
    /// a part of a path means must not depend on the order of the files. Paths from further up
    /// come first.
    func growTree() throws {
        guard units.grows else { return }
        var paths: [Int: [[(level: Int?, name: String)]]] = [:]
        for sheet in sheets where sheet.table != form.tree && sheet.person == nil {
            try eachReader(of: sheet.table) { reader in
                for row in reader.rows {
                    try passed(row)
                    guard let path = reader.path(row, answers), let first = path.first?.level else {
                        continue
                    }
                    paths[first, default: []].append(path)
                }
            }
        }
        for level in paths.keys.sorted() {
            for path in paths[level] ?? [] { _ = units.walk(path) }
        }
    }

    /// Goes through the rows of all sheets of a table, in order.
    func eachRow(of table: String, _ take: (RowReading, RowReader) throws -> RowOutcome) throws {
        try eachReader(of: table) { reader in
            for row in reader.rows {
                try passed(row)
                switch reader.read(row, &answers) {
                case .passedOver(let reason):
                    accounts[reader.file][reader.sheetIndex].add(.passedOver(reason))
                case .row(let reading):
                    let outcome = try take(reading, reader)
                    accounts[reader.file][reader.sheetIndex].add(outcome)
                }
            }
        }
    }

    private func eachReader(of table: String, _ body: (RowReader) throws -> Void) throws {
        let entity = domain.entity(table)
        let totals = form.totalWords.map { total in
            let word = Words.folded(total)
            return (word: word, mark: word.unicodeScalars.first(where: \.isHan))
        }
        for (file, own) in layouts.enumerated() {
            for (number, layout) in own.enumerated() {
                guard let layout, layout.form.table == table else { continue }
                let sheet = files[file].sheets[number]
                let nameField = layout.form.person == nil
                    ? entity?.labelField.flatMap { layout.form.field($0) }
                    : domain.entity(form.persons)?.labelField.flatMap {
                        layout.form.field(ImportField.ofPerson + $0)
                    }.flatMap { layout.columnOf[$0] == nil ? nil : $0 }
                let reader = RowReader(form: form, layout: layout, sheet: sheet, file: file,
                                       sheetIndex: number, nameField: nameField,
                                       keyField: entity?.keyField.flatMap { layout.form.field($0) },
                                       telling: telling(layout.form), totals: totals)
                try checkCancelled()
                try body(reader)
            }
        }
    }

    /// The fields that tell a person without a name.
    private func telling(_ sheet: ImportSheet) -> Set<Int> {
        guard sheet.table == form.persons || sheet.person != nil else { return [] }
        let names = [domain.entity(form.persons)?.keyField ?? "", form.number, form.birth]
        return Set(names.compactMap {
            sheet.field(sheet.person == nil ? $0 : ImportField.ofPerson + $0)
        } + [sheet.person.flatMap { sheet.field($0) }].compactMap { $0 })
    }

    /// Asks what is wrong with single values. Whether the row cannot be taken for it.
    func ask(_ reading: RowReading, _ fields: [ImportField], name: String, owner: Int?) -> Bool {
        for complaint in reading.complaints {
            let field = complaint.field < 0 ? nil : fields[complaint.field]
            questions.append(Question(
                place: reading.place, name: name, owner: owner,
                field: field?.title ?? Term(complaint.value),
                isSensitive: field?.isSensitive ?? false,
                value: field == nil ? "" : complaint.value, reason: complaint.reason,
                kind: complaint.kind))
        }
        return reading.complaints.contains { $0.kind == .notTaken }
    }

    /// Where a row belongs in the tree, or why that cannot be told.
    func owner(_ reading: RowReading, _ reader: RowReader) -> (Int?, why: Message?) {
        if reading.isAnswered { return settle(units.find(reading.whereText), reading.whereText) }
        if !reading.steps.isEmpty {
            let walked = units.walk(reading.steps)
            guard case .found(let above) = walked, !reading.whereText.isEmpty else {
                return settle(walked, reading.steps.map(\.name).joined(separator: "/"))
            }
            let below = units.find(reading.whereText, below: above)
            if case .found = below { return settle(below, reading.whereText) }
            let anywhere = units.find(reading.whereText)
            if anywhere == .found(above) { return (above, nil) }
            return settle(below, reading.whereText)
        }
        if !reading.whereText.isEmpty {
            return settle(units.find(reading.whereText), reading.whereText)
        }
        if let place = whereabouts(reader) { return (place, nil) }
        return (nil, Message(zh: "没有写明\(placeTitle.zh)", en: "the \(placeTitle.en) is not stated"))
    }

    /// What a sheet without a word about the tree is named after: sheet, file, or a title.
    private func whereabouts(_ reader: RowReader) -> Int? {
        let layout = reader.layout
        let says = layout.form.fields.indices.contains { index in
            switch layout.form.fields[index].reading {
            case .place, .level: layout.columnOf[index] != nil
            default: false
            }
        }
        if says { return nil }
        var stem = Mapping.lastName(files[reader.file].path)
        if let dot = stem.lastIndex(of: "."), dot != stem.startIndex { stem = String(stem[..<dot]) }
        let parts: [String] = layout.title.flatMap { title in
            title.unicodeScalars.split(whereSeparator: \.isBlank).map { String($0) }
        }
        let words: [String] = [reader.sheet.name] + layout.title + parts + [stem]
        for word in words {
            if case .found(let place) = units.find(word) { return place }
        }
        return nil
    }

    private func settle(_ finding: UnitBook.Finding, _ text: String) -> (Int?, why: Message?) {
        let shown = CellReading.shown(text)
        switch finding {
        case .found(let place): return (place, nil)
        case .unknown:
            return (nil, Message(zh: "没有叫“\(shown)”的\(noun.zh)",
                                 en: "there is no \(noun.en) \"\(shown)\""))
        case .ambiguous(let places):
            let all = places.prefix(4).map(units.path)
            return (nil, Message(
                zh: "有 \(places.count) 个\(noun.zh)叫“\(shown)”，请写明上级：\(all.joined(separator: "、"))",
                en: "\(places.count) of them (\(noun.en)) are called \"\(shown)\": give the path, one of "
                    + all.joined(separator: ", ")))
        case .withoutParent(let places):
            let all = places.prefix(4).map(units.path)
            return (nil, Message(
                zh: "“\(shown)”没有写明上级；是不是 \(all.joined(separator: "、"))？",
                en: "what \"\(shown)\" belongs to is not stated; is it "
                    + all.joined(separator: ", ") + "?"))
        }
    }

    private var noun: Term { domain.noun(form.tree) }

    var placeTitle: Term {
        sheet(form.persons)?.fields.first {
            if case .place = $0.reading { true } else { false }
        }?.title ?? noun
    }

    func askWhere(_ reading: RowReading, name: String, _ why: Message) {
        questions.append(Question(place: reading.place, name: name, field: placeTitle,
                                  isSensitive: false, value: reading.shownPlace, reason: why,
                                  kind: .notTaken))
    }
}
