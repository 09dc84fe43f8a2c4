import MusterValues
import MusterDiagnostics
import MusterPlan
import MusterStore

/// A field of an entity, as declared.
package struct FieldDefinition: Sendable {
    package enum Origin: Sendable, Hashable {
        /// A column of the table.
        case stored(String)
        /// An expression in the language over the entity's other fields, read at the row's day.
        case expression(String)
        /// The row itself (a unit's `unit`).
        case itself
    }
    /// The English name may hold a dot: `registered.date`.
    package let name: Term
    package let type: ValueType
    package let origin: Origin
    /// One line for help and completion.
    package let gloss: Message
    /// Whether a plain listing of the entity shows it.
    package let isListed: Bool
    /// The whole numbers it may take, where those are few: `every` goes through them.
    package let range: ClosedRange<Int64>?
    /// How its values are shown where there is room.
    package let display: Display
    /// What else heads it in files that others write.
    package let headings: [String]
    /// What else its codes are called there, by code.
    package let words: [String: [String]]
    /// Whether a month may stand for its first day there.
    package let mayBeMonth: Bool
    /// For what says how things are at the snapshot's day, the column of the day since when they
    /// are so: before it there is no value. Where that is none, it cannot be looked back on.
    package let since: String?

    package init(_ en: String, _ zh: String, _ type: ValueType, _ origin: Origin? = nil,
                listed: Bool = true, range: ClosedRange<Int64>? = nil,
                display: Display = .plain, headings: [String] = [],
                words: [String: [String]] = [:], month: Bool = false, since: String? = nil,
                gloss: Message) {
        self.name = Term(en, zh)
        self.headings = headings
        self.words = words
        mayBeMonth = month
        self.since = since
        self.range = range
        self.display = display
        self.type = type
        self.origin = origin ?? .stored(en)
        self.isListed = listed
        self.gloss = gloss
    }
}

/// Rows of another source that belong to a row of this entity: `members` of a unit.
package struct RelationDefinition: Sendable {
    package let name: Term
    package let source: String
    /// The fields that lead from such a row up to the entity: `["member", "unit"]`.
    package let path: [String]
    /// Whether rows that belong to what is below the entity's row belong to it too.
    package let includesBelow: Bool

    package init(_ en: String, _ zh: String, source: String, path: [String],
                includesBelow: Bool = false) {
        self.name = Term(en, zh)
        self.source = source
        self.path = path
        self.includesBelow = includesBelow
    }
}

/// A kind of row: a person, a unit, a service record.
package struct EntityDefinition: Sendable {
    /// The table's name, which is the entity's.
    package let name: String
    package let rowNoun: Term
    /// What so many of its rows are said to be, where a table says what its figures count: 人.
    package let counter: Term?
    package let fields: [FieldDefinition]
    package let relations: [RelationDefinition]
    /// Whether a count of its rows is a count of persons.
    package let countsPersons: Bool
    /// Whether its rows, or groups of them, tell of single persons otherwise.
    package let tellsOfPersons: Bool
    /// The field that shows a row, and the one that identifies it.
    package let labelField: String?
    package let keyField: String?
    /// The reference field to the row above, for entities that form a tree.
    package let parentField: String?
    /// The code field that says the level of a row, and the levels that get a path of their own.
    package let levelField: String?
    package let levels: [Term]

    package init(_ name: String, rowNoun: Term, counter: Term? = nil,
                fields: [FieldDefinition], relations: [RelationDefinition] = [],
                countsPersons: Bool = false,
                tellsOfPersons: Bool = false, labelField: String? = nil,
                keyField: String? = nil, parentField: String? = nil,
                levelField: String? = nil, levels: [Term] = []) {
        self.name = name
        self.rowNoun = rowNoun
        self.counter = counter
        self.fields = fields
        self.relations = relations
        self.countsPersons = countsPersons
        self.tellsOfPersons = tellsOfPersons
        self.labelField = labelField
        self.keyField = keyField
        self.parentField = parentField
        self.levelField = levelField
        self.levels = levels
    }
}

/// A name that a query may begin with: an entity's rows, or those that meet a condition.
package struct SourceDefinition: Sendable {
    package let name: Term
    package let entity: String
    /// An expression in the language, read at the row's day; nil for all rows.
    package let condition: String?
    package let gloss: Message

    package init(_ en: String, _ zh: String, entity: String, condition: String? = nil,
                gloss: Message) {
        self.name = Term(en, zh)
        self.entity = entity
        self.condition = condition
        self.gloss = gloss
    }
}

/// A value of the domain that queries may name: a yearly minimum, a number of days.
package struct NamedConstant: Sendable {
    package let name: Term
    package let type: ValueType
    package let value: Constant
    package let gloss: Message

    package init(_ en: String, _ zh: String, _ value: Int64, gloss: Message) {
        name = Term(en, zh)
        type = .integer
        self.value = .int(value)
        self.gloss = gloss
    }
}

/// The relation that says which rate is to be reached, when and by whom: its entity and the
/// fields of it that hold the year, the rate (a number, 0.5 for 50 %), and the row of a tree for
/// which and below which it holds (none: for all).
package struct TargetsDefinition: Sendable, Hashable {
    package let entity: String
    package let year: String
    /// Of the type `.decimal(6)`: rates to reach are exact.
    package let rate: String
    package let owner: String
    /// The tree whose rows have targets.
    package let tree: String

    package init(entity: String, year: String, rate: String, owner: String, tree: String) {
        self.entity = entity
        self.year = year
        self.rate = rate
        self.owner = owner
        self.tree = tree
    }
}

/// Everything particular to the books that are queried, as data: the engine knows no other.
package struct Domain: Sendable {
    package let schema: SnapshotSchema
    package let entities: [EntityDefinition]
    package let sources: [SourceDefinition]
    /// The relation that holds the rates to be reached; nil where there are none.
    package let targets: TargetsDefinition?
    /// Tables made from what the loader found: `targets`, `rejects`.
    package let tables: @Sendable (Snapshot) -> [Table]
    /// Tables worked out from the others at their first reading; each is an entity's.
    package let derivedTables: [DerivedTableDefinition]
    /// Functions that only these books need.
    package let functions: [any Function.Type]
    /// Values that queries may name, such as the yearly minimum of hours.
    package let constants: [NamedConstant]
    /// Which year's rules and codes these are.
    package let dataVersion: String
    package let words: DomainWords
    package let settings: [DomainSetting]
    /// What the rules found; nil where there are no rules.
    package let findings: FindingsDefinition?
    /// Writes a snapshot of invented rows to a folder: lessons try answers on it too.
    package let practice: (@Sendable (_ folder: String) throws -> Void)?
    /// How others' sheets hold the books; nil where nothing is imported.
    package let roster: RosterForm?
    /// Whether a text is one that may not be shown, in whatever column it stands.
    package let isSensitive: @Sendable (String) -> Bool

    package init(schema: SnapshotSchema, entities: [EntityDefinition],
                sources: [SourceDefinition], targets: TargetsDefinition?, dataVersion: String,
                derivedTables: [DerivedTableDefinition] = [],
                functions: [any Function.Type] = [], constants: [NamedConstant] = [],
                words: DomainWords = DomainWords(), settings: [DomainSetting] = [],
                findings: FindingsDefinition? = nil,
                practice: (@Sendable (_ folder: String) throws -> Void)? = nil,
                roster: RosterForm? = nil,
                isSensitive: @escaping @Sendable (String) -> Bool = { _ in false },
                tables: @escaping @Sendable (Snapshot) -> [Table]) {
        self.schema = schema
        self.entities = entities
        self.sources = sources
        self.targets = targets
        self.dataVersion = dataVersion
        self.derivedTables = derivedTables
        self.functions = functions
        self.constants = constants
        self.tables = tables
        self.words = words
        self.settings = settings
        self.findings = findings
        self.practice = practice
        self.roster = roster
        self.isSensitive = isSensitive
    }

    /// What a user calls a type: rows by what they are.
    package func name(of type: ValueType) -> Message {
        guard case .row(let name) = type, let noun = entity(name)?.rowNoun else {
            return type.name
        }
        return Message(zh: noun.zh, en: "a " + noun.en)
    }

    /// The field of the usual source's rows that leads into a tree.
    package func wayUp(to tree: String) -> String? {
        source(words.hints.source.en).flatMap { entity($0.entity) }?.fields.first {
            $0.type == .row(tree)
        }?.name.en
    }

    /// What a row of an entity is called.
    package func noun(_ entity: String) -> Term { self.entity(entity)?.rowNoun ?? Term(entity) }

    /// The field that a stored column is, where it holds since a day that may not be known.
    package func standing(_ field: LookingBack.Field) -> FieldDefinition? {
        entity(field.entity)?.fields.first {
            $0.since != nil && $0.origin == .stored(field.column)
        }
    }

    /// The entity whose rows form a tree.
    package var tree: EntityDefinition? { entities.first { $0.parentField != nil } }

    package func entity(_ name: String) -> EntityDefinition? { entities.first { $0.name == name } }

    package func source(_ name: String) -> SourceDefinition? {
        sources.first { $0.name.matches(name) }
    }
}
