/// What an expression may name: a field, a path, a column.
struct Item {
    enum Kind {
        case truth, integer(ClosedRange<Int>), hours, number, text, code(CodeList)
        case day, month, year, unit
    }

    /// The path, each step in both languages; a column named by its text is one step.
    var steps: [(en: String, zh: String)]
    var kind: Kind
    var isNullable = true
    var isKey = false
    /// A count over periods: adding it up would count a person several times.
    var isStock = false
    /// A count of what happened in the period of its row.
    var isFlow = false
    /// A whole number that was made of a rate or mean.
    var isRounded = false
    /// The name must stand in backquotes.
    var isQuoted = false
    /// A heading of a file: in backquotes, or bare where it reads as nothing else.
    var isHeading = false
    /// The as-of field at the end of the path, if it is one.
    var asOfField: String?

    var heading: String { steps.map(\.en).joined(separator: ".") }

    init(_ en: String, _ zh: String, _ kind: Kind, nullable: Bool = true, asOf: Bool = false) {
        steps = [(en, zh)]
        self.kind = kind
        isNullable = nullable
        if asOf { asOfField = en }
    }

    /// A column that was given a name.
    init(alias: String, _ kind: Kind, nullable: Bool = true) {
        steps = [(alias, alias)]
        self.kind = kind
        isNullable = nullable
    }

    /// The same below a path.
    func below(_ prefix: [(en: String, zh: String)], nullable: Bool) -> Item {
        var item = self
        item.steps = prefix + steps
        if nullable {
            switch kind {
            case .truth: break
            default: item.isNullable = true
            }
        }
        return item
    }
}

extension Item {
    static let units: [Item] = [
        Item("id", "组织编号", .text, nullable: false),
        Item("name", "名称", .text, nullable: false),
        Item("level", "层级", .code(.level), nullable: false),
        Item("kind", "类别", .code(.unitKind)),
        Item("plan_submitted", "已报计划", .truth, nullable: false, asOf: true),
        Item("plan_submitted.date", "计划报送日", .day),
        Item("parent", "上级", .unit),
    ] + Names.levels.map { Item($0.0, $0.1, .unit) }

    static let people: [Item] = [
        Item("id", "人员编号", .text, nullable: false),
        Item("name", "姓名", .text, nullable: false),
        Item("gender", "性别", .code(.gender)),
        Item("status", "身份", .code(.status), nullable: false),
        Item("cadre", "团干部", .code(.cadre)),
        Item("birth", "出生日期", .day), Item("joined", "入团日期", .day),
        Item("left", "离团日期", .day), Item("party_joined", "入党日期", .day),
        Item("nominated.date", "推优日期", .day), Item("registered.date", "注册日期", .day),
        Item("cancelled", "注销日期", .day), Item("entered.date", "录入日期", .day),
        Item("trained.date", "培训日期", .day), Item("insured_until", "保险至", .day),
        Item("unit_from", "转入日期", .day), Item("stars_on", "评星日期", .day),
        Item("certified_stars", "认证星级", .integer(0...5)),
    ] + asOfPeople + [Item("unit", "所在组织", .unit, nullable: true)]

    static let asOfPeople: [Item] = [
        ("on_roll", "在册"), ("registered", "已注册"), ("entered", "已录入"),
        ("trained", "已培训"), ("nominated", "已推优"), ("party", "党员"), ("insured", "已参保"),
        ("minor", "未满十八"),
    ].map { Item($0.0, $0.1, .truth, nullable: false, asOf: true) } + [
        Item("age", "年龄", .integer(13...30), asOf: true),
        Item("hours", "时长", .hours, nullable: false, asOf: true),
        Item("recorded_hours", "记录时长", .hours, nullable: false, asOf: true),
        Item("year_hours", "本年时长", .hours, nullable: false, asOf: true),
        Item("stars", "可评星级", .integer(0...5), nullable: false, asOf: true),
    ]

    static let service: [Item] = [
        Item("date", "日期", .day, nullable: false),
        Item("hours", "时长", .hours, nullable: false),
        Item("field", "服务领域", .code(.serviceField)), Item("project", "重点项目", .text),
        Item("certified", "已认定", .truth),
    ]

    static let teams: [Item] = [
        Item("id", "编号", .text, nullable: false), Item("name", "名称", .text, nullable: false),
        Item("kind", "类别", .code(.teamKind)), Item("founded", "成立日期", .day),
        Item("unit", "所在组织", .unit, nullable: false),
    ]

    static let targets: [Item] = [
        Item("year", "年度", .year, nullable: false), Item("rate", "比率", .number, nullable: false),
        Item("unit", "所在组织", .unit),
    ]

    private static func path(_ en: String) -> (en: String, zh: String) {
        (en, Names.fields.first { $0.0 == en }?.1 ?? Names.levels.first { $0.0 == en }?.1 ?? en)
    }

    private static func under(_ prefix: [String], _ items: [Item], nullable: Bool) -> [Item] {
        items.map { $0.below(prefix.map(path), nullable: nullable) }
    }

    /// Everything that may be named in the rows of a table, paths up included.
    static func all(_ table: Table) -> [Item] {
        switch table {
        case .people: people + under(["unit"], units, nullable: true)
            + under(["unit", "parent"], units, nullable: true)
            + under(["unit", "district"], units, nullable: true)
        case .units: units + under(["unit"], units, nullable: false)
            + under(["parent"], units, nullable: true)
            + [Item("unit", "所在组织", .unit, nullable: false)]
        case .service: service + under(["member"], people, nullable: false)
            + under(["member", "unit"], units, nullable: true)
        case .teams: teams + under(["unit"], units, nullable: false)
        case .targets: targets + under(["unit"], units, nullable: true)
        }
    }

    /// What every as-of field is called in the coverage of tests.
    static let asOfFields: [String] = asOfPeople.compactMap(\.asOfField)
        + ["plan_submitted"]

    /// The stored fields that `drill` lists, as plain columns.
    static func listed(_ table: Table) -> [Item] {
        table.fields.compactMap { field in all(table).first { $0.heading == field } }
    }
}
