import MusterDiagnostics
import MusterImport
import Testing

@Suite("Units of a roster")
struct UnitTests {
    /// What a row says of its unit, and where the person comes to be; nil for a question.
    static let ways: [(columns: String, row: String, unit: String?)] = [
        ("单位", "B1", "B1"),
        ("单位", "高一2班", "B2"),
        ("单位", "高一1班", nil),
        ("单位", "一中团委/高一1班", "B1"),
        ("单位", "西区团委/二中团委/高一1班", "B3"),
        ("单位", "二中团委／高一1班", "B3"),
        ("单位", "OLD2", "D2"),
        ("单位", "西区 团委", "D2"),
        ("单位", "三中团委", nil),
        ("单位", "", nil),
        ("基层团委,团支部", "二中团委,高一1班", "B3"),
        ("区县局级,团支部", "东区团委,高一1班", "B1"),
        ("区县局级,基层团委,团支部", "东区团委,一中团委,", "A1"),
        ("区县局级,基层团委,所在团支部", "西区团委,二中团委,高一3班", "B4"),
        ("区县局级,所在团支部", "西区团委,高一2班", nil),
        ("区县局级,单位", "东区团委,一中团委", "A1"),
    ]

    @Test("A unit is found by id, name, path or former id", arguments: ways.indices)
    func isFound(_ index: Int) throws {
        let (columns, row, unit) = Self.ways[index]
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", "姓名,\(columns)\n张三,\(row)\n")
        let result = try trial.run()
        #expect(try trial.members.first?["unit"] == unit)
        #expect(result.whole.asked == (unit == nil ? 1 : 0))
        if unit == nil {
            #expect(try trial.questions.map { $0["field"] } == ["所在组织"])
        }
    }

    @Test("A sheet without a word about units is that of the unit it is named after")
    func namedAfter() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("高一2班.csv", "姓名\n甲\n")
        try trial.add("b.csv", "二中团委 团员名册,\n姓名,性别\n乙,男\n")
        try trial.run()
        #expect(try trial.members.map { $0["unit"] } == ["B2", "A2"])
    }

    @Test("Paths make the units where no roster of units is given, with ids that stay")
    func grown() throws {
        let text = """
            区县局级,基层团委,团总支,团支部,姓名
            东区,一中,,高一1班,甲
            东区,一中,高二年级,高二1班,乙
            西区,二中,,高一1班,丙
            西区,二中,,,丁
            """
        let trial = try Trial()
        try trial.add("a.csv", text)
        try trial.run()
        let units = try trial.rows("units")
        #expect(units.map { $0["name"] } == ["全部组织", "东区", "一中", "高一1班", "高二年级",
                                             "高二1班", "西区", "二中", "高一1班"])
        #expect(units.map { $0["level"] } == [
            "city", "district", "committee", "branch", "general_branch", "branch", "district",
            "committee", "branch",
        ])
        let ids = Dictionary(uniqueKeysWithValues: units.map { ($0["id"] ?? "", $0) })
        #expect(ids.count == 9)
        #expect(ids[units[3]["parent"] ?? ""]?["name"] == "一中")
        #expect(units[6]["parent"] == units[0]["id"])
        // Other rows in another order: the same names are the same units.
        let other = try Trial()
        try other.add("b.csv", "区县局级,基层团委,团支部,姓名\n西区,二中,高一1班,甲\n东区,一中,高一1班,乙\n")
        try other.run()
        let again = try other.rows("units")
        #expect(Set(again.compactMap { $0["id"] }).isSubset(of: Set(ids.keys)))
        #expect(again.first { $0["name"] == "一中" }?["id"] == units[2]["id"])
    }

    @Test("A path that begins below another's is asked about and makes no second unit")
    func withoutParent() throws {
        let trial = try Trial()
        try trial.add("a.csv", "区县局级,基层团委,姓名\n东区,一中,甲\n")
        try trial.add("b.csv", "基层团委,团支部,姓名\n一中,1班,乙\n")
        let result = try trial.run()
        #expect(result.whole.asked == 1)
        #expect(try trial.questions[0]["reason"]?.contains("东区/一中") == true)
    }

    @Test("What a name or a part of a path means does not depend on the order of the files")
    func anyOrder() throws {
        let texts = [
            "n.csv": "单位,姓名\n1班,甲\n",
            "p.csv": "基层团委,团支部,姓名\n一中,1班,乙\n",
            "q.csv": "区县局级,基层团委,团支部,姓名\n东区,一中,1班,丙\n西区,二中,1班,丁\n",
        ]
        for order in [["n.csv", "p.csv", "q.csv"], ["q.csv", "n.csv", "p.csv"]] {
            let trial = try Trial()
            for name in order { try trial.add(name, texts[name] ?? "") }
            let result = try trial.run()
            #expect(try trial.members.map { $0["name"] } == ["丙", "丁"])
            #expect(result.whole.asked == 2)
            #expect(try trial.rows("units").count == 7)
        }
    }

    @Test("A roster of units may say the one above by name, id or path, in any order")
    func roster() throws {
        let trial = try Trial()
        trial.options.units = try trial.write("u.csv", """
            名称,上级,层级,类别
            高一1班,东区/一中,团支部,
            一中,东区,团委,中学
            东区,市,区,区
            市,,市级,
            高一1班,二中,团支部,
            二中,东区,基层团委,
            弧儿,没有的,团支部,
            没级,东区,,
            """)
        try trial.add("a.csv", "姓名,单位\n甲,东区/一中/高一1班\n")
        let result = try trial.run()
        let units = try trial.rows("units")
        #expect(units.map { $0["name"] } == ["高一1班", "一中", "东区", "市", "高一1班", "二中"])
        #expect(units[1]["kind"] == "middle_school")
        #expect(units[0]["parent"] == units[1]["id"])
        #expect(result.whole.asked == 2)
    }

    @Test("A units' roster in which several are called alike asks which one is above")
    func ambiguousParent() throws {
        let trial = try Trial()
        trial.options.units = try trial.write("u.csv", """
            编号,名称,上级,层级
            1,市,,市级
            2,高一,市,基层团委
            3,高一,市,基层团委
            4,1班,高一,团支部
            5,2班,3,团支部
            """)
        try trial.add("a.csv", "姓名,单位\n甲,5\n")
        let result = try trial.run()
        #expect(try trial.rows("units").map { $0["id"] } == ["1", "2", "3", "5"])
        #expect(result.whole.asked == 1)
    }
}
