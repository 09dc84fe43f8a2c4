import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore
import MusterValues

enum SampleVerb: Verb {
    static let keepsColumns = true
    static let signature = Signature(Term("sample", "抽样"), [
        Slot("count", .number),
        Slot("seed", keyword: Term("seed", "种子"), .number, required: false),
        Slot("by", keyword: Term("by", "按"), .keys, required: false),
    ])
    static let summary = Message(
        zh: "随机抽取 N 行，可在每组内抽；同一种子抽到同样的行，行序不变",
        en: "N rows drawn at random, also of each group; the same seed draws the same rows, which "
            + "stay in order")
    static let topics = ["随机", "抽查", "抽取", "random"]
    static let synonyms = ["抽取", "随机抽样"]
    static let kin = ["sample_n", "slice_sample", "随机", "抽查"]
    static let traits: VerbTraits = .cuts

    private static let usualSeed: Int64 = 1

    static func bind(_ stage: Stage, _ input: Plan, _ binder: Binder) throws -> Plan {
        guard let wanted = stage.expression("count") else { return input }
        let count = try number(wanted, 0...Int64(Int32.max), binder)
        let seed = try stage.expression("seed").map { try number($0, 0...Int64.max, binder) }
        if seed == nil { remark(stage, binder) }
        let groups = try SortVerb.groups(stage, input, binder)
        let lot = Scalar(.call(lotName, [.constant(.int(seed ?? usualSeed), .integer)]
            + identity(input, binder)), .integer)
        let drawn = ColumnInfo(binder.newID(), [ColumnNames.rank], .integer)
        var schema = input.schema
        schema.columns.append(drawn)
        let lots = Plan(.window(input, Window(
            column: drawn.id, kind: .rank([SortTerm(value: lot, isDescending: false)]),
            by: groups)), schema)
        let isDrawn = Scalar(.compare(.lessOrEqual, drawn.value,
                                      .constant(.int(count), .integer)), .bool)
        let chosen = Plan(.project(Plan(.filter(lots, isDrawn), schema),
                                   input.schema.columns.map(\.value)), input.schema)
        // Rows that are the same in everything drew the same lot.
        return Plan(.limit(chosen, Int(count), by: groups), input.schema)
    }

    private static func number(_ expression: Expression, _ range: ClosedRange<Int64>,
                               _ binder: Binder) throws -> Int64 {
        if case (.int(let number), .integer) = try binder.constant(expression),
           range.contains(number) { return number }
        throw Diagnostic.mismatch(Message(
            zh: "抽样 的行数和种子须是整数，从 0 起",
            en: "sample takes a whole number of rows and a whole seed, from 0"),
            at: expression.span,
            hint: Message(zh: "例如 抽样 10 种子 7", en: "for example sample 10 seed 7"))
    }

    private static func remark(_ stage: Stage, _ binder: Binder) {
        guard binder.facts != nil else { return }
        binder.warn(Diagnostic("sample.seed", Message(
            zh: "没有写种子，用 \(usualSeed)：每次抽到同样的行",
            en: "without a seed it is \(usualSeed): the same rows are drawn every time"),
            at: stage.span, hint: Message(zh: "另抽一次，写 种子 \(usualSeed + 1)",
                                          en: "to draw others write seed \(usualSeed + 1)"),
            severity: .note))
    }

    /// What tells rows apart: the key of an entity's rows, all values of others. A row stands for
    /// its key, which does not depend on what else is loaded.
    private static func identity(_ input: Plan, _ binder: Binder) -> [Scalar] {
        func key(_ entity: String, _ row: Scalar) -> Scalar? {
            guard let field = binder.domain.entity(entity)?.keyField else { return nil }
            return Scalar(.field(entity: entity, column: field, row: row), .plainText)
        }
        let period = input.schema.openPeriod.flatMap { input.schema[$0]?.value }
        if let entity = input.schema.entity,
           let own = key(entity, Scalar(.row, .row(entity))) {
            return [own] + [period].compactMap { $0 }
        }
        return input.schema.columns.compactMap { column in
            switch column.type {
            case .row(let entity): key(entity, column.value)
            case .tableRow, .none: nil
            default: column.type.isSensitive ? nil : column.value
            }
        }
    }

    private static let lotName = "lot"

    /// A number that looks like chance (FNV-1a over the values as texts, then mixed), the same on
    /// every machine.
    static let kernels = [FunctionKernel(lotName) { call in
        .int((0..<call.count).map { row in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for (argument, type) in zip(call.arguments, call.types) {
                for byte in argument.constant(row).plain(as: type).utf8 + [0] {
                    hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
                }
            }
            hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
            hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
            return Int64(hash >> 1 ^ hash >> 34)
        })
    }]
}
