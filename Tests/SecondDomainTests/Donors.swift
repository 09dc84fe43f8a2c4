import MusterBinding
import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore
import MusterValues

/// Books of another kind, declarations only: who gives blood in a town, where and when.
enum Donors {
    static let domain = Domain(
        schema: schema, entities: [sites, donors, donations, goals],
        sources: [
            SourceDefinition("donors", "献血者", entity: "donors", condition: "enrolled <= as_of",
                             gloss: Message(zh: "到截至日登记的献血者", en: "donors enrolled by the day")),
            SourceDefinition("donations", "献血", entity: "donations",
                             condition: "given <= as_of",
                             gloss: Message(zh: "到截至日的献血", en: "donations up to the day")),
            SourceDefinition("sites", "采血点", entity: "sites",
                             gloss: Message(zh: "全部采血点", en: "all sites")),
            SourceDefinition("goals", "指标", entity: "goals",
                             gloss: Message(zh: "献血率指标", en: "the rates aimed at")),
        ],
        targets: TargetsDefinition(entity: "goals", year: "season", rate: "share",
                                   owner: "where_at", tree: "sites"),
        dataVersion: "blood-1", words: words) { [table($0)] }

    private static let schema = SnapshotSchema(format: "blood/1", tables: [
        TableSchema("sites", required: true, key: "code", parent: "above", fields: [
            FieldSchema("code", .text, required: true, unique: true),
            FieldSchema("title", .text, required: true),
            FieldSchema("above", .reference(table: "sites")),
            FieldSchema("rank", .choice(ranks.values.map(\.en)), required: true),
        ]),
        TableSchema("donors", required: true, key: "card", fields: [
            FieldSchema("card", .text, required: true, unique: true),
            FieldSchema("name", .text, required: true),
            FieldSchema("phone", .text, sensitive: true),
            FieldSchema("group", .choice(groups.values.map(\.en))),
            FieldSchema("site", .reference(table: "sites"), required: true),
            FieldSchema("born", .day), FieldSchema("enrolled", .day),
            FieldSchema("deferred", .day),
        ]),
        TableSchema("donations", key: nil, fields: [
            FieldSchema("donor", .reference(table: "donors"), required: true),
            FieldSchema("given", .day, required: true),
            FieldSchema("millilitres", .integer(0...600), required: true),
        ]),
    ], targetOwner: "site")

    private static let ranks = CodeSet(Term("rank", "级别"), [
        Term("town", "全镇"), Term("ward", "片区"), Term("station", "献血站"),
    ])
    private static let groups = CodeSet(Term("group", "血型"), [
        Term("A", "A"), Term("B", "B"), Term("AB", "AB"), Term("O", "O"),
    ])

    private static let sites = EntityDefinition(
        "sites", rowNoun: Term("site", "采血点"), fields: [
            FieldDefinition("code", "代号", .plainText, gloss: Message(zh: "代号", en: "the code")),
            FieldDefinition("title", "名称", .plainText, gloss: Message(zh: "名称", en: "the title")),
            FieldDefinition("site", "采血点", .row("sites"), .itself, listed: false,
                            gloss: Message(zh: "采血点自身", en: "the site itself")),
            FieldDefinition("above", "所属", .row("sites"),
                            gloss: Message(zh: "上面的采血点", en: "the site above")),
            FieldDefinition("rank", "级别", .text(.code(ranks)),
                            gloss: Message(zh: "级别", en: "town, ward or station")),
        ],
        relations: [
            RelationDefinition("donors", "献血者", source: "donors", path: ["site"],
                               includesBelow: true),
        ],
        labelField: "title", keyField: "code", parentField: "above", levelField: "rank",
        levels: ranks.values)

    private static let donors = EntityDefinition(
        "donors", rowNoun: Term("donor", "献血者"), fields: [
            FieldDefinition("card", "卡号", .plainText, gloss: Message(zh: "卡号", en: "the card")),
            FieldDefinition("name", "姓名", .text(.personal),
                            gloss: Message(zh: "姓名", en: "the name")),
            FieldDefinition("phone", "电话", .text(.sensitive),
                            gloss: Message(zh: "电话，只显示末位", en: "the telephone, masked")),
            FieldDefinition("group", "血型", .text(.code(groups)),
                            gloss: Message(zh: "血型", en: "the blood group")),
            FieldDefinition("site", "采血点", .row("sites"),
                            gloss: Message(zh: "登记的采血点", en: "where the donor is enrolled")),
            FieldDefinition("born", "出生日", .day, gloss: Message(zh: "出生日", en: "when born")),
            FieldDefinition("enrolled", "登记日", .day,
                            gloss: Message(zh: "登记日", en: "when enrolled")),
            FieldDefinition("deferred", "暂缓日", .day,
                            gloss: Message(zh: "暂缓献血之日", en: "when deferred")),
            FieldDefinition("eligible", "可献血", .bool,
                            .expression("in_force(enrolled, deferred)"), listed: false,
                            gloss: Message(zh: "截至日可献血", en: "may give blood at the day")),
            FieldDefinition("volume", "献血量", .integer,
                            .expression("sum(donations.millilitres)"), listed: false,
                            gloss: Message(zh: "累计毫升数", en: "millilitres given so far")),
        ],
        relations: [RelationDefinition("donations", "献血", source: "donations", path: ["donor"])],
        countsPersons: true, labelField: "name", keyField: "card")

    private static let donations = EntityDefinition(
        "donations", rowNoun: Term("donation", "献血"), fields: [
            FieldDefinition("donor", "献血者", .row("donors"),
                            gloss: Message(zh: "献血者", en: "who gave")),
            FieldDefinition("given", "献血日", .day, gloss: Message(zh: "献血日", en: "when given")),
            FieldDefinition("millilitres", "毫升", .integer,
                            gloss: Message(zh: "毫升数", en: "how much")),
        ])

    private static let goals = EntityDefinition(
        "goals", rowNoun: Term("goal", "指标"), fields: [
            FieldDefinition("season", "年份", .year, gloss: Message(zh: "年份", en: "the year")),
            FieldDefinition("share", "应达比率", .decimal(6), display: .percent,
                            gloss: Message(zh: "应达比率", en: "the rate aimed at")),
            FieldDefinition("where_at", "适用于", .row("sites"),
                            gloss: Message(zh: "适用的采血点", en: "the site it holds for")),
        ])

    private static func table(_ snapshot: Snapshot) -> Table {
        let goals = snapshot.targets
        return Table(name: "goals", rowCount: goals.count, columns: [
            ("season", .day(goals.map { Int32($0.year) })),
            ("share", .decimal(goals.map(\.rate), places: 6)),
            ("where_at", .reference(goals.map { row(of: $0.owner, snapshot) }, table: "sites")),
        ])
    }

    private static func row(of code: String?, _ snapshot: Snapshot) -> Int32 {
        guard let code else { return None.row }
        guard case .text(let codes, let texts)? = snapshot.tables["sites"]?["code"],
              let known = texts.code(of: code), let row = codes.firstIndex(of: known)
        else { return -2 }
        return Int32(row)
    }
}
