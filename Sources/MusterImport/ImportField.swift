import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore

/// How the cells of a column are read.
enum Reading: Sendable {
    case text
    /// A person's name.
    case name
    /// A number that one person has: sensitive.
    case number
    case day(mayBeMonth: Bool)
    /// Yes or no beside the field at that place.
    case flag(day: Int)
    case whole(ClosedRange<Int64>)
    case hundredths(over: Int64, upTo: Int64)
    case bool
    /// A code by any of its names; others are kept where the set is open.
    case code(CodeSet)
    /// A row of the tree, by key, name or path.
    case place
    /// A step of the path to one, by the number of the level.
    case level(Int)
    /// The key of a person.
    case person
}

/// A column that a sheet may have.
struct ImportField: Sendable {
    /// The stored field, a level's code, or a flag's name; with `person.` before it where it is a
    /// field of the person whom the row is about.
    let name: String
    let title: Term
    let reading: Reading
    /// What its values are called besides, by the words as compared.
    let words: [String: String]
    let isRequired: Bool
    /// Whether nothing means something: what cannot be read must not be taken for it.
    var hasDefault = false
    /// As compared.
    let headings: [String]
    /// Whether a value of it becomes a value of the row.
    var isStored: Bool {
        switch reading {
        case .flag, .level, .place, .person: false
        default: !name.hasPrefix(ImportField.ofPerson)
        }
    }
    var isSensitive: Bool { if case .number = reading { true } else { false } }

    static let ofPerson = "person."
}

/// A table as it may come in a sheet, with all columns that are known.
struct ImportSheet: Sendable {
    let table: String
    let title: Term
    /// As compared: what such a sheet is called.
    let names: Set<String>
    let person: String?
    /// Places of the fields without one of which it is no such sheet.
    let marks: [Int]
    let fields: [ImportField]
    private let byHeading: [String: Int]
    private let byName: [String: Int]

    init(_ sheet: RosterSheet, _ form: RosterForm, _ domain: Domain) {
        table = sheet.table
        title = sheet.title
        person = sheet.person
        names = Set(([sheet.title.en, sheet.title.zh] + sheet.names).map(Words.heading))
        var fields = Self.stored(sheet.table, form, domain)
        if sheet.person != nil {
            let mine = Set(fields.flatMap(\.headings))
            let persons = domain.entity(form.persons)
            let keys = [persons?.keyField, persons?.labelField, form.number, form.birth, form.place]
            fields += Self.stored(form.persons, form, domain, prefix: ImportField.ofPerson)
                .filter { keys.contains($0.bareName) }.map { $0.without(mine) }
        } else if let tree = domain.entity(form.tree) {
            fields += Self.levels(tree, form)
        }
        if sheet.table == form.persons {
            for flag in form.flags {
                guard let day = fields.firstIndex(where: { $0.name == flag.day }) else { continue }
                let headings = ([flag.title.en, flag.title.zh] + flag.headings).map(Words.heading)
                fields.append(ImportField(name: flag.title.en, title: flag.title,
                                          reading: .flag(day: day), words: [:],
                                          isRequired: false, headings: headings))
            }
        }
        self.fields = fields
        marks = sheet.marks.compactMap { mark in fields.firstIndex { $0.name == mark } }
        byHeading = Dictionary(
            fields.enumerated().flatMap { at, field in field.headings.map { ($0, at) } },
            uniquingKeysWith: { first, _ in first })
        byName = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
    }

    /// The place of the field that a heading means, as compared.
    func field(heading: String) -> Int? { byHeading[heading] }
    func field(_ name: String) -> Int? { byName[name] }

    /// The field that somebody names, in a mapping or an answer: by name, title or heading.
    func field(called text: String) -> Int? {
        byName[text] ?? byHeading[Words.heading(text)]
    }

    private static func levels(_ tree: EntityDefinition, _ form: RosterForm) -> [ImportField] {
        tree.levels.enumerated().map { number, level in
            let headings = [level.zh, level.en] + (form.levelHeadings[level.en] ?? [])
            return ImportField(name: level.en, title: level, reading: .level(number), words: [:],
                               isRequired: false, headings: headings.map(Words.heading))
        }
    }

    private static func stored(_ table: String, _ form: RosterForm, _ domain: Domain,
                               prefix: String = "") -> [ImportField] {
        guard let schema = domain.schema.tables.first(where: { $0.name == table }),
              let entity = domain.entity(table) else { return [] }
        return schema.fields.compactMap { stored in
            guard let field = entity.fields.first(where: { $0.origin == .stored(stored.name) })
            else { return nil }
            let reading = reading(stored, field, entity, form)
            let codes = (field.type.codes?.values ?? []).flatMap { term in
                [(Words.folded(term.en), term.en), (Words.folded(term.zh), term.en)]
            }
            let words = codes + field.words.flatMap { code, words in
                words.map { (Words.folded($0), code) }
            }
            let headings = [field.name.zh, field.name.en, stored.name] + field.headings
            return ImportField(
                name: prefix + stored.name, title: field.name, reading: reading,
                words: Dictionary(words, uniquingKeysWith: { first, _ in first }),
                isRequired: stored.isRequired, hasDefault: stored.defaultText != nil,
                headings: headings.map(Words.heading))
        }
    }

    private static func reading(_ stored: FieldSchema, _ field: FieldDefinition,
                                _ entity: EntityDefinition, _ form: RosterForm) -> Reading {
        switch stored.type {
        case .text where stored.isSensitive: return .number
        case .text where entity.countsPersons && entity.labelField == stored.name: return .name
        case .text: return field.type.codes.map { .code($0) } ?? .text
        case .day: return .day(mayBeMonth: field.mayBeMonth)
        case .integer(let range): return .whole(range)
        case .hundredths(let over, let upTo): return .hundredths(over: over, upTo: upTo)
        case .bool: return .bool
        case .choice: return field.type.codes.map { .code($0) } ?? .text
        case .reference(let other): return other == form.persons ? .person : .place
        }
    }
}

extension ImportField {
    var bareName: String {
        name.hasPrefix(Self.ofPerson) ? String(name.dropFirst(Self.ofPerson.count)) : name
    }

    /// Without headings that mean something else on the same sheet.
    fileprivate func without(_ taken: Set<String>) -> ImportField {
        ImportField(name: name, title: title, reading: reading, words: words,
                    isRequired: isRequired, hasDefault: hasDefault,
                    headings: headings.filter { !taken.contains($0) })
    }
}
