import MusterDiagnostics
import MusterImport
import Testing

@Suite("Values of a roster's cells")
struct ValueTests {
    /// What stands in a cell under a heading, and what field of the person it becomes.
    static let values: [(heading: String, written: String, field: String, value: String?)] = [
        ("出生日期", "1999-03-12", "birth", "1999-03-12"),
        ("出生年月日", "1999.3.12", "birth", "1999-03-12"),
        ("生日", "1999/3/12 0:00:00", "birth", "1999-03-12"),
        ("出生日期", "1999年3月12日", "birth", "1999-03-12"),
        ("出生日期", "19990312", "birth", "1999-03-12"),
        ("出生日期", "１９９９－０３－１２", "birth", "1999-03-12"),
        ("出生年月", "1999.3", "birth", "1999-03-01"),
        ("出生年月", "1999年3月", "birth", "1999-03-01"),
        ("出生年月", "199903", "birth", "1999-03-01"),
        ("出生日期", "36231", "birth", nil),
        ("出生日期", "1999.13.1", "birth", nil),
        ("出生日期", "不详", "birth", nil),
        ("出生日期", "—", "birth", nil),
        ("性别", "女", "gender", "女"),
        ("性 别", "男性", "gender", "男"),
        ("性别", "F", "gender", "女"),
        ("性别", "未知", "gender", nil),
        ("团干部", "专职团干部", "cadre", "full_time"),
        ("是否团干部", "否", "cadre", nil),
        ("是否团干部", "是", "cadre", nil),
        ("身份证号码*", "12900119990312004X", "id_number", "12900119990312004X"),
        ("身份证号（必填）", "129001 19990312 004x", "id_number", "12900119990312004X"),
        ("公民身份号码", "129001990312001", "id_number", "129001990312001"),
        ("身份证号", "1.29001E+17", "id_number", nil),
        ("证件号码", "H12345678", "id_number", "H12345678"),
        ("注册时间", "2015.6.3", "registered", "2015-06-03"),
        ("志愿者注册\u{3000}日期", "2015-6-3", "registered", "2015-06-03"),
        ("注册日期（年月日）", "2015-06-03", "registered", "2015-06-03"),
        ("注册时间", "2015.6", "registered", nil),
        ("认证星级", "三星", "certified_stars", "3"),
        ("认证星级", "6", "certified_stars", nil),
        ("身份", "入团积极分子", "status", "activist"),
        ("政治面貌", "共青团员", "status", "member"),
        ("入团年月", "2014年5月", "joined", "2014-05-01"),
        ("爱好", " 足球 ", "爱好", "足球"),
        ("爱好", "", "爱好", nil),
    ]

    @Test("A cell becomes the value that it means, or none", arguments: values.indices)
    func becomesWhatItMeans(_ index: Int) throws {
        let one = Self.values[index]
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.tsv", "姓名\t单位\t\(one.heading)\n张三\tB1\t\(one.written)\n")
        try trial.run()
        let person = try #require(try trial.members.first)
        #expect(person[one.field] == one.value)
        // What could not be read is asked about; a blank is not.
        let isBlank = one.written.isEmpty || ["—", "否"].contains(one.written)
        if one.value == nil { #expect(try trial.questions.isEmpty == isBlank) }
    }

    /// What is kept and asked about all the same.
    static let odd = [
        ("出生年月", "1999.3", "出生日期"), ("身份证号", "129001199903120010", "身份证号"),
        ("身份证号", "129001990312001", "身份证号"), ("证件号码", "H12345678", "身份证号"),
    ]

    @Test("What looks odd is kept and listed", arguments: odd.indices)
    func oddIsListed(_ index: Int) throws {
        let (heading, written, field) = Self.odd[index]
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", "姓名,单位,\(heading)\n张三,B1,\(written)\n")
        try trial.run()
        let question = try #require(try trial.questions.first)
        #expect(question["field"] == field)
        #expect(question["taken"] == "true")
        #expect(question["row"] == "2")
        #expect(question["file"] == "a.csv")
        #expect(question["person"] == "张三")
    }

    @Test("Yes without its day is a question and nobody registered; no beside a day is one too")
    func flags() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", """
            姓名,单位,是否注册志愿者,注册日期
            甲,B1,是,2015-06-03
            乙,B1,√,
            丙,B1,否,2015-06-03
            丁,B1,否,
            戊,B1,Y,2015.13.1
            己,B1,大概,
            """)
        try trial.run()
        #expect(try trial.members.map { $0["registered"] }
            == ["2015-06-03", nil, "2015-06-03", nil, nil, nil])
        #expect(try trial.questions.map { "\($0["person"] ?? "") \($0["field"] ?? "")" } == [
            "乙 注册日期", "丙 注册日期", "戊 注册日期", "己 是否注册志愿者",
        ])
    }

    @Test("What cannot be read is not taken for the default")
    func noDefaultForTheUnread() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", "姓名,单位,政治面貌\n甲,B1,群众\n乙,B1,团员\n")
        let result = try trial.run()
        #expect(try trial.members.map { $0["name"] } == ["乙"])
        #expect(result.whole.asked == 1)
    }

    @Test("A name loses spaces at its ends, and within where it has two characters")
    func names() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", """
            姓名,单位
            张　三,B1
             李 四 ,B1
            欧 阳修,B1
            买买提·艾力,B1
            Ann Lee,B1
            """)
        try trial.run()
        #expect(try trial.members.map { $0["name"] }
            == ["张三", "李四", "欧 阳修", "买买提·艾力", "Ann Lee"])
    }

    @Test("Columns that mean nothing here are kept under their own names, as they are typed")
    func extras() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", "姓名,单位,备注,鞋码,,备注\n甲,B1,好,42,x,差\n乙,B1,,007,,\n")
        let result = try trial.run()
        let members = try trial.members
        #expect(members[0]["备注"] == "好")
        #expect(members[0]["备注(2)"] == "差")
        #expect(members[0]["鞋码"] == "42")
        #expect(members[0]["列E"] == "x")
        #expect(members[1]["鞋码"] == "007")
        #expect(result.accounts[0].extras == ["备注", "鞋码", "列E", "备注(2)"])
    }
}
