import MusterDiagnostics
import MusterStore

/// Where the headings of a sheet stand and what its columns mean.
struct SheetLayout {
    enum Meaning: Hashable {
        case field(Int)
        /// A column of its own, under that name.
        case extra(String)
        /// A serial number, or what the mapping says is not to be read.
        case left
    }

    struct Column {
        let index: Int
        let heading: String
        let meaning: Meaning
        /// The heading as headings are compared.
        let folded: String
        /// A Han character that stands in every way of writing it; nil where it has none.
        let mark: Unicode.Scalar?

        init(index: Int, heading: String, meaning: Meaning) {
            self.index = index
            self.heading = heading
            self.meaning = meaning
            folded = Words.heading(heading)
            // Width and case are nothing to them.
            mark = folded.unicodeScalars.first(where: \.isHan)
        }
    }

    let form: ImportSheet
    /// Places among the sheet's rows: the last row of the headings.
    let headingRow: Int
    let columns: [Column]
    /// By field: the column, where there is one.
    let columnOf: [Int?]
    /// What stands in fields where a row has nothing.
    let defaults: [Int: String]
    /// What stands above the headings.
    let title: [String]
}

/// Finds out what a sheet holds.
struct SheetReader {
    let forms: [ImportSheet]
    let serials: Set<String>
    let lowestLevelWords: [String]
    let mapping: Mapping
    /// The table that the user named.
    let table: String?

    enum Finding {
        case layout(SheetLayout)
        /// Nothing that is known heads any column.
        case noHeading
        case fault(Diagnostic)
    }

    /// How far down headings are looked for.
    private static let depth = 60

    func layout(_ sheet: Sheet, file: String) -> Finding {
        // Where most columns are somebody's own, a row of texts that has what it takes will do.
        guard let found = heading(sheet, file, most: true) ?? heading(sheet, file, most: false)
        else { return .noHeading }
        return finish(sheet, file, found.row, found.headings, found.form)
    }

    private typealias Found = (row: Int, headings: [String], form: ImportSheet, known: Int)

    private func heading(_ sheet: Sheet, _ file: String, most: Bool) -> Found? {
        for row in 0..<min(sheet.rowCount, Self.depth) where most || isTexts(sheet, row) {
            var best: Found?
            for (last, headings) in headings(sheet, row) {
                guard let (form, known) = form(headings, sheet, file, most: most) else { continue }
                if let best, best.known >= known { continue }
                best = (last, headings, form, known)
            }
            // The first row that is a heading, or the two that begin there.
            if let best { return best }
        }
        return nil
    }

    private func isTexts(_ sheet: Sheet, _ row: Int) -> Bool {
        (0..<sheet.columnCount).allSatisfy { column in
            switch sheet[row, column] {
            case .blank: true
            case .text(let text): Double(text) == nil && LooseValue.day(text) == nil
            default: false
            }
        }
    }

    /// The headings that a row makes, alone or with the one below it, and their last row.
    private func headings(_ sheet: Sheet, _ row: Int) -> [(last: Int, [String])] {
        let own = texts(sheet, row)
        var found = [(last: row, own)]
        // A title over the whole width heads nothing.
        if row + 1 < sheet.rowCount, Set(own.filter { !$0.isEmpty }).count > 1,
           isSplit(sheet, row) {
            let below = texts(sheet, row + 1)
            let joined = zip(own, below).map { upper, lower in
                if lower.isEmpty || lower == upper { return upper }
                if upper.isEmpty { return lower }
                let whole = Heading.joined(upper, lower)
                return isKnown(whole) || !isKnown(lower) ? whole : lower
            }
            found.append((row + 1, joined))
        }
        return found
    }

    /// Whether a row of headings goes on in the row below: groups over several columns, or
    /// headings that reach down.
    private func isSplit(_ sheet: Sheet, _ row: Int) -> Bool {
        (0..<sheet.columnCount).contains { column in
            sheet.isCoveredByMerge(row: row + 1, column: column)
                && !sheet[row, column].written.isEmpty
                && sheet[row + 1, column] == sheet[row, column]
        } || (1..<max(1, sheet.columnCount)).contains { column in
            sheet.isCoveredByMerge(row: row, column: column)
                && !sheet[row, column].written.isEmpty
                && sheet[row, column] == sheet[row, column - 1]
                && isKnown(Heading.name(sheet[row + 1, column].written))
        }
    }

    private func texts(_ sheet: Sheet, _ row: Int) -> [String] {
        (0..<sheet.columnCount).map { Heading.name(sheet[row, $0].written) }
    }

    private func isKnown(_ heading: String) -> Bool {
        let word = Words.heading(heading)
        return serials.contains(word) || forms.contains { meaning(word, $0) != nil }
    }

    /// The place of the field that a heading means.
    private func meaning(_ word: String, _ form: ImportSheet) -> Int? {
        form.field(heading: word) ?? Words.withoutRemark(word).flatMap {
            form.field(heading: $0)
        }
    }

    /// The table whose headings these are, and how many of them: where most cells are known.
    private func form(_ headings: [String], _ sheet: Sheet, _ file: String, most: Bool)
        -> (ImportSheet, known: Int)? {
        let words = headings.filter { !$0.isEmpty }
        let own = Words.heading(sheet.name)
        var best: (ImportSheet, Int)?, bestScore = 0
        for form in forms where table == nil || table == form.table {
            var known = 0, fields: Set<Int> = [], serial = 0
            for heading in words {
                if serials.contains(Words.heading(heading)) {
                    serial += 1
                } else if let field = field(heading, form, sheet, file), field >= 0 {
                    known += 1
                    fields.insert(field)
                }
            }
            // One heading above one column is no table, unless it was said which one it is.
            let isEnough = fields.count >= 2 || (fields.count == 1 && words.count - serial == 1)
            guard isEnough, !most || (known + serial) * 2 > words.count,
                  !form.marks.filter(fields.contains).isEmpty || table != nil else { continue }
            let score = known * 4 + (form.names.contains(own) ? 3 : 0)
            if score > bestScore { (best, bestScore) = ((form, known + serial), score) }
        }
        return best
    }

    /// What the mapping says a heading means, else what it is known for; -1 for a column that is
    /// not to be read.
    private func field(_ heading: String, _ form: ImportSheet, _ sheet: Sheet, _ file: String)
        -> Int? {
        guard let said = mapping.field(heading: heading, file: file, sheet: sheet.name) else {
            return meaning(Words.heading(heading), form)
        }
        if Mapping.left.matches(said) { return -1 }
        return said.isEmpty ? nil : form.field(called: said)
    }

    private func finish(_ sheet: Sheet, _ file: String, _ row: Int, _ headings: [String],
                        _ form: ImportSheet) -> Finding {
        var columns: [SheetLayout.Column] = []
        var columnOf = [Int?](repeating: nil, count: form.fields.count)
        var extras: Set<String> = []
        let taken = Set(form.fields.map(\.name))
        for index in 0..<sheet.columnCount {
            let heading = index < headings.count ? headings[index] : ""
            var field = field(heading, form, sheet, file)
            if let found = field, found >= 0 {
                field = lowered(found, heading, form, headings)
            }
            if heading.isEmpty, field == nil {
                let isUsed = (row + 1..<max(row + 1, sheet.rowCount)).contains {
                    !sheet[$0, index].written.isEmpty
                        && !sheet.isCoveredByMerge(row: $0, column: index)
                }
                guard isUsed else { continue }
            }
            let meaning: SheetLayout.Meaning
            if let field, field >= 0 {
                if let other = columnOf[field] {
                    return .fault(twice(form.fields[field], other, index, sheet, row, file))
                }
                columnOf[field] = index
                meaning = .field(field)
            } else if field == -1 || serials.contains(Words.heading(heading)) {
                meaning = .left
            } else {
                var name = heading.isEmpty ? "列" + Sheet.columnName(index) : heading
                if taken.contains(name) { name += "_" }
                let first = name
                var number = 2
                while !extras.insert(name).inserted {
                    name = "\(first)(\(number))"
                    number += 1
                }
                meaning = .extra(name)
            }
            columns.append(SheetLayout.Column(index: index, heading: heading, meaning: meaning))
        }
        var defaults: [Int: String] = [:]
        for (name, value) in mapping.defaults(file: file, sheet: sheet.name) {
            guard let field = form.field(called: name) else { continue }
            if defaults[field] == nil { defaults[field] = value }
        }
        let title = (0..<row).flatMap { texts(sheet, $0) }.filter { !$0.isEmpty }
        return .layout(SheetLayout(form: form, headingRow: row, columns: columns,
                                   columnOf: columnOf, defaults: defaults, title: title))
    }

    /// A name of a unit that is one of the lowest level beside columns for those above it.
    private func lowered(_ field: Int, _ heading: String, _ form: ImportSheet,
                         _ headings: [String]) -> Int {
        guard case .place = form.fields[field].reading,
              lowestLevelWords.contains(where: { heading.contains($0) }) else { return field }
        let levels = form.fields.indices.filter {
            if case .level = form.fields[$0].reading { true } else { false }
        }
        let known = Set(headings.compactMap { meaning(Words.heading($0), form) })
        guard let lowest = levels.last, !known.contains(lowest),
              !known.isDisjoint(with: levels) else { return field }
        return lowest
    }

    private func twice(_ field: ImportField, _ first: Int, _ second: Int, _ sheet: Sheet,
                       _ row: Int, _ file: String) -> Diagnostic {
        let line = sheet.number(ofRow: row)
        let a = Sheet.columnName(first), b = Sheet.columnName(second)
        return Diagnostic("import.heading-twice", Message(
            zh: "\(file) 工作表“\(sheet.name)”第 \(line) 行：\(a) 列和 \(b) 列都是“\(field.title.zh)”",
            en: "\(file), sheet \"\(sheet.name)\", row \(line): columns \(a) and \(b) are both "
                + "\(field.title.en)"),
            hint: Message(zh: "请给其中一列改名；或用 --mapping 说明其中一列“不读”",
                          en: "give one of them another name, or say in a --mapping that it is "
                              + "to be ignored"))
    }
}

extension Unicode.Scalar {
    /// A common Han character: one that has no other width and no case.
    var isHan: Bool { (0x4E00...0x9FFF).contains(value) }
}
