import MusterDiagnostics
import MusterImport
import Testing

@Suite("Who is who on rosters")
struct PersonTests {
    static let one = "129001199903120015", other = "129001199903120023"

    @Test("Two rows of one person in one unit are put together; a contradiction is asked about")
    func together() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", """
            姓名,单位,身份证号,出生日期,注册日期,入团日期
            甲,B1,\(Self.one),1999-03-12,,2014-05-04
            甲,B1,\(Self.one),,2015-06-03,2014-05-05
            """)
        let result = try trial.run()
        let members = try trial.members
        #expect(members.count == 1)
        #expect(members[0]["registered"] == "2015-06-03")
        #expect(members[0]["joined"] == "2014-05-04")
        #expect(result.whole.taken == 11)
        let question = try #require(try trial.questions.first)
        #expect(question["field"] == "入团日期")
        #expect(question["value"] == "2014-05-05")
    }

    @Test("On two rosters a person counts once, on the later one, and is listed")
    func twoRosters() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", "姓名,单位,身份证号,爱好\n甲,B1,\(Self.one),棋\n")
        try trial.add("b.csv", "姓名,单位,身份证号,爱好\n甲,B2,\(Self.one),琴\n")
        try trial.run()
        #expect(try trial.members.map { $0["unit"] } == ["B2"])
        #expect(try trial.members.map { $0["爱好"] } == ["琴"])
        #expect(try trial.questions.map { $0["reason"]?.contains("在两份名册中") } == [true])
    }

    @Test("Name and birth tell a person within a district, and nothing less does")
    func nameAndBirth() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", """
            姓名,单位,出生日期,身份证号
            甲,B1,1999-03-12,
            甲,B2,1999-03-12,
            甲,B3,1999-03-12,
            乙,B1,,
            乙,B1,,
            丙,B1,1999-01-01,
            丙,B1,1999-01-01,\(Self.one)
            """)
        try trial.run()
        // 甲 of the western district is another; the two 乙 are two; 丙 gained a number.
        #expect(try trial.members.map { "\($0["name"] ?? "") \($0["unit"] ?? "")" }
            == ["甲 B2", "甲 B3", "乙 B1", "乙 B1", "丙 B1"])
        #expect(try trial.members.last?["id_number"] == Self.one)
    }

    @Test("One number with two names, and one name and birth with two numbers, are asked about")
    func contradictions() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", """
            姓名,单位,出生日期,身份证号
            甲,B1,1999-03-12,\(Self.one)
            乙,B1,1999-03-12,\(Self.one)
            甲,B1,1999-03-12,\(Self.other)
            甲,B2,1999-03-12,
            """)
        let result = try trial.run()
        #expect(try trial.members.map { $0["name"] } == ["甲", "甲"])
        #expect(result.whole.asked == 2)
        let reasons = try trial.questions.compactMap { $0["reason"] }
        #expect(reasons.count == 3)
        #expect(reasons[0].contains("姓名不同"))
        #expect(reasons[1].contains("按两人计"))
        #expect(reasons[2].contains("无法判断"))
    }

    @Test("An earlier snapshot gives people their ids again, and units theirs")
    func like() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", """
            姓名,单位,出生日期,身份证号
            甲,B1,1999-03-12,\(Self.one)
            乙,B2,1999-05-05,
            丙,B2,1999-06-06,
            丁,B2,,
            """)
        try trial.run()
        let next = try Trial()
        next.options.like = trial.path("out")
        next.options.asOf += 30
        try next.add("b.csv", """
            姓名,单位,出生日期,身份证号
            戊,B2,1999-07-07,
            乙,B1,1999-05-05,
            甲,B2,1999-03-12,\(Self.one)
            丁,B2,,
            """)
        let result = try next.run()
        #expect(try next.members.map { "\($0["name"] ?? "") \($0["id"] ?? "")" }
            == ["戊 P0000005", "乙 P0000002", "甲 P0000001", "丁 P0000006"])
        #expect(result.notes.contains { $0.zh.contains("2 人沿用原编号，新编 2 人，上次有而这次没有 2 人") })
        #expect(try next.rows("units").map { $0["id"] } == trial.rows("units").map { $0["id"] })
        #expect(try next.rows("units")[2]["formerly"] == "OLD2")
    }

    @Test("Service belongs to whoever is told by id, number, or name and birth")
    func service() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", """
            人员编号,姓名,单位,出生日期,身份证号
            M1,甲,B1,1999-03-12,\(Self.one)
            M2,乙,B1,1999-05-05,
            """)
        try trial.add("s.csv", """
            人员编号,姓名,身份证号,出生日期,日期,时长,已认定
            M2,,,,2015-10-01,2.5,是
            ,甲,\(Self.one),,2015.10.2,3小时,否
            ,乙,,1999-05-05,2015-10-03,1,
            ,乙,,,2015-10-03,1,
            ,丙,\(Self.other),,2015-10-03,1,
            ,甲,\(Self.one),,2015-10-03,25,
            合计,,,,,6.5,
            """)
        let result = try trial.run()
        #expect(try trial.rows("service").map {
            "\($0["member"] ?? "") \($0["date"] ?? "") \($0["hours"] ?? "") \($0["certified"] ?? "")"
        } == ["M2 2015-10-01 2.5 true", "M1 2015-10-02 3 false", "M2 2015-10-03 1 "])
        #expect(result.accounts[1].asked == 3)
        #expect(result.accounts[1].passedOver == 1)
    }

    @Test("Teams belong to their units")
    func teams() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", "姓名,单位\n甲,B1\n")
        try trial.add("t.csv", "名称,所属单位,类别,成立时间\n东区协会,东区团委,协会,2015年3月\n某队,无此单位,服务队,\n")
        try trial.run()
        let teams = try trial.rows("teams")
        #expect(teams.map { $0["id"] } == ["T1"])
        #expect(teams[0]["kind"] == "association")
        #expect(teams[0]["founded"] == "2015-03-01")
    }
}
