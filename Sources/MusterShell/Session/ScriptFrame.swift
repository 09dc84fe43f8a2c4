import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport

/// A script that is being run or included, on the stack of those that are. A value: what it
/// defines, keeps and counts goes with it.
struct ScriptFrame {
    /// A script's own names, over those of the books.
    struct Names {
        /// Values given to its parameters from outside.
        let given: [String: GivenValue]
        var definitions: [String: Definition] = [:]
        var parameters: [String: Parameter] = [:]
        /// Tables that it kept with `into` or took as parameters.
        var tables: [String: FrozenTable] = [:]
        var relations: [MadeRelation] = []
    }

    let path: String
    /// Nil for an included script, which shares those of whoever includes it.
    var names: Names?
    /// The condition of the section does not hold: its statements are passed over.
    var skipsSection = false
    /// What stands around its figures; where scripts run others, the first one's holds.
    var paper = ReportFrame()
    /// What its statements have worked out; where scripts run others, the first one's is used.
    let recollection = Recollection()
    /// How many scripts it has begun, itself and those that they began included.
    var begun = 0
    /// What its queries counted, in words.
    private(set) var measures: [MeasureNote] = []
    /// What they read of the past that the snapshot says nothing of.
    private(set) var lookingBack = LookingBack()

    /// Its queries have counted these too.
    mutating func note(_ measures: [MeasureNote], _ lookingBack: LookingBack) {
        for noted in measures where !self.measures.contains(where: { $0.text == noted.text }) {
            // The same under a heading of its own takes the place of what a text counted.
            if !noted.hasHeading, self.measures.contains(where: { $0.share == noted.share }) {
                continue
            }
            self.measures.removeAll { !$0.hasHeading && $0.share == noted.share }
            self.measures.append(noted)
        }
        self.lookingBack.formUnion(lookingBack)
    }
}

/// What a query counted, in words, and the fields that stand in it.
struct MeasureNote {
    let text: Message
    /// The same without the column's heading.
    let share: Message
    /// Whether the result gives the column a heading of its own.
    let hasHeading: Bool
    let fields: [Message]

    init(_ definition: MeasureDefinition, in schema: Schema) {
        text = definition.text(in: schema)
        share = definition.share
        hasHeading = schema.columns.contains { $0.name == definition.column && $0.label != nil }
        fields = definition.fields
    }
}

extension [MadeRelation] {
    /// Takes one in, in place of another of that name.
    mutating func keep(_ made: MadeRelation) {
        drop(made.relating)
        append(made)
    }

    mutating func drop(_ relating: Relating) {
        removeAll { relating.replaces($0.relating) }
    }
}

extension [ScriptFrame] {
    /// The place of the frame whose names hold; nil outside scripts.
    var naming: Int? { lastIndex { $0.names != nil } }

    /// What a query inside these scripts may refer to. Tables of the scripts around it are seen,
    /// their definitions and parameters are not.
    func environment(over books: Environment) -> Environment {
        guard let naming, let names = self[naming].names else { return books }
        var environment = books
        environment.definitions = names.definitions
        environment.parameters = names.parameters
        for frame in self {
            environment.tables.merge(frame.names?.tables ?? [:]) { $1 }
            frame.names?.relations.forEach { environment.relations.keep($0) }
        }
        return environment
    }
}
