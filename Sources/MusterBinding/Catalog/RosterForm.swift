import MusterDiagnostics

/// How the tables of the books stand in the sheets that people keep: which sheets there are, what
/// heads them, by what a row of the tree and a person are told. What a field is called and how
/// its values are written stands at the field (`FieldDefinition.headings`, `.words`).
package struct RosterForm: Sendable {
    /// In the order of a template's sheets.
    package let sheets: [RosterSheet]
    /// The table whose rows form the tree, and the one whose rows are persons.
    package let tree: String
    package let persons: String
    /// The fields of a person by which it is told beside its key and name: a number that only one
    /// person has, and the day of birth.
    package let number: String
    package let birth: String
    /// The field of a person that leads into the tree.
    package let place: String
    /// What heads the columns of a path, by the level's code.
    package let levelHeadings: [String: [String]]
    /// Words within a heading that say that a name is one of the lowest level.
    package let lowestLevelWords: [String]
    /// Columns of yes and no beside a day: yes without the day is a question.
    package let flags: [RosterFlag]
    /// Headings that mean nothing to anybody else: a serial number.
    package let serialHeadings: [String]
    /// What stands in place of a name in a row that adds others up.
    package let totalWords: [String]
    /// What begins the name in a row that only shows how it is done.
    package let exampleWords: [String]
    /// What sheets are called that only explain.
    package let explanations: [String]
    /// What the row above all others is called where the sheets name none.
    package let rootName: Term
    /// What is odd about a person's number as it was written, in capitals and without spaces; nil
    /// where nothing is.
    package let oddity: @Sendable (_ number: String) -> Message?

    package init(sheets: [RosterSheet], tree: String, persons: String, number: String,
                 birth: String, place: String, levelHeadings: [String: [String]],
                 lowestLevelWords: [String] = [], flags: [RosterFlag] = [],
                 serialHeadings: [String] = [], totalWords: [String] = [],
                 exampleWords: [String] = [], explanations: [String] = [], rootName: Term,
                 oddity: @escaping @Sendable (String) -> Message? = { _ in nil }) {
        self.sheets = sheets
        self.tree = tree
        self.persons = persons
        self.number = number
        self.birth = birth
        self.place = place
        self.levelHeadings = levelHeadings
        self.lowestLevelWords = lowestLevelWords
        self.flags = flags
        self.serialHeadings = serialHeadings
        self.totalWords = totalWords
        self.exampleWords = exampleWords
        self.explanations = explanations
        self.rootName = rootName
        self.oddity = oddity
    }

    package func sheet(_ table: String) -> RosterSheet? { sheets.first { $0.table == table } }
}

/// A table as a sheet.
package struct RosterSheet: Sendable {
    package let table: String
    package let title: Term
    /// What else such a sheet is called.
    package let names: [String]
    /// The field that refers to a person, where the rows are about persons: they are told by the
    /// person's own columns.
    package let person: String?
    /// Without a column for one of these it is no such sheet.
    package let marks: [String]
    /// The columns of a template, in order, by field; a level's by its code.
    package let columns: [RosterColumn]

    package init(_ table: String, title: Term, names: [String] = [], person: String? = nil,
                 marks: [String], columns: [RosterColumn]) {
        self.table = table
        self.title = title
        self.names = names
        self.person = person
        self.marks = marks
        self.columns = columns
    }
}

/// A column of a template.
package struct RosterColumn: Sendable {
    package enum Content: Sendable, Hashable {
        case field(String)
        /// A step of the path to a row of the tree, by the level's code.
        case level(String)
        /// A field of the person whom the row is about.
        case ofPerson(String)
    }

    package let content: Content
    package let isRequired: Bool
    /// What stands in the row that shows how it is done.
    package let example: String
    /// For the page that explains.
    package let note: Message

    package init(_ content: Content, required: Bool = false, example: String, note: Message) {
        self.content = content
        isRequired = required
        self.example = example
        self.note = note
    }
}

/// A column of yes and no beside a field that holds a day.
package struct RosterFlag: Sendable {
    package let title: Term
    package let headings: [String]
    /// The field of persons that holds the day.
    package let day: String

    package init(_ title: Term, headings: [String], of day: String) {
        self.title = title
        self.headings = headings
        self.day = day
    }
}
