import Foundation
import MusterDiagnostics
import MusterImport
import Testing

@Suite("Rows of a roster")
struct RowTests {
    @Test("Every row is taken, asked about or passed over, and counted as such")
    func accounts() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", """
            一中团委团员花名册,,,
            序号,姓名,单位,出生日期
            1,甲,B1,1999-01-01
            2,乙,没有的单位,1999-01-01
            3,,,
            4,,B1,1999-01-02
            序号,姓名,单位,出生日期
            小计：,,,
            ,合计,2 人,
            填表人：李,,,
            ,例：张小团,B1,1999-01-01
            """)
        let result = try trial.run()
        let account = result.accounts[0]
        #expect(account.headingRow == 2)
        #expect(account.read == 9)
        #expect(account.taken == 1)
        // Without a unit that is known, and without a name though with a birth.
        #expect(account.asked == 2)
        #expect(account.passedOver == 6)
        #expect(account.passedOverWhy.zh == "空行 1，无姓名 1，合计行 2，重复标题 1，示例 1")
        #expect(try trial.members.map { $0["name"] } == ["甲"])
        #expect(result.whole.read == result.whole.taken + result.whole.asked
            + result.whole.passedOver)
    }

    @Test("Two columns for one field are a fault with its place")
    func twoHeadings() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", "姓名,单位,注册日期,注册时间\n甲,B1,2015-06-01,2015-06-02\n")
        let faults = trial.faults()
        #expect(faults.map(\.code) == ["import.heading-twice"])
        #expect(faults.first?.message.zh.contains("C 列和 D 列都是“注册日期”") == true)
        #expect(trial.bytes("out/members.ndjson") == nil)
    }

    @Test("Files that are no rosters are named, all of them, and nothing is written")
    func noRosters() throws {
        let trial = try Trial()
        try trial.add("a.csv", "甲,乙,丙\n1,2,3\n")
        try trial.add("b.csv", "")
        let picture = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13])
        try picture.write(to: trial.folder.appending(path: "c.csv"))
        trial.options.files.append(trial.path("c.csv"))
        #expect(trial.faults().map(\.code) == [
            "table.foreign", "import.no-heading", "import.empty",
        ])
        #expect(trial.bytes("out/manifest.json") == nil)
        #expect(trial.bytes("out-问题.xlsx") == nil)
    }

    @Test("A mapping says what headings mean, what is not read, and what stands where nothing does")
    func mapping() throws {
        let trial = try Trial()
        try trial.addUnits()
        trial.options.mapping = try trial.write("map.csv", """
            文件,工作表,标题,字段,默认值
            ,,啥时候生的,出生日期,
            ,,注册时间,不读,
            a.csv,,,所在组织,B1
            b.csv,,,所在组织,B2
            ,,,身份,入团积极分子
            """)
        trial.options.writtenMapping = trial.path("written.csv")
        try trial.add("a.csv", "姓名,啥时候生的,注册日期,注册时间\n甲,1999-01-01,2015-06-01,2015-06-02\n")
        try trial.add("b.csv", "姓名,身份\n乙,\n丙,团员\n")
        try trial.run()
        let members = try trial.members
        #expect(members.map { $0["unit"] } == ["B1", "B2", "B2"])
        #expect(members[0]["birth"] == "1999-01-01")
        #expect(members[0]["registered"] == "2015-06-01")
        #expect(members.map { $0["status"] } == ["activist", "activist", "member"])
        let written = try #require(trial.bytes("written.csv")).dropFirst(3)
        #expect(String(decoding: written, as: UTF8.self) == """
            文件,工作表,标题,字段,默认值\r
            a.csv,a,姓名,姓名,\r
            a.csv,a,啥时候生的,出生日期,\r
            a.csv,a,注册日期,注册日期,\r
            a.csv,a,注册时间,不读,\r
            b.csv,b,姓名,姓名,\r
            b.csv,b,身份,身份,\r
            units.csv,units,编号,组织编号,\r
            units.csv,units,名称,名称,\r
            units.csv,units,上级,上级,\r
            units.csv,units,层级,层级,\r
            units.csv,units,曾用编号,曾用编号,\r
            a.csv,,,所在组织,B1\r
            b.csv,,,所在组织,B2\r
            ,,,身份,入团积极分子\r

            """)
    }

    @Test("A field that there is not, or a sheet, is told and nothing is read")
    func unknownNames() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", "姓名,单位,代号\n甲,B1,7\n")
        trial.options.mapping = try trial.write(
            "map.csv", "标题,字段,默认值\n代号,人员编码,\n姓名,姓名,\n,性别们,男\n")
        let faults = trial.faults()
        #expect(faults.map(\.code) == ["import.mapping-field", "import.mapping-field"])
        #expect(faults.first?.message.zh.contains("map.csv 第 2 行：没有字段“人员编码”") == true)
        #expect(faults.first?.hint?.zh.contains("人员编号") == true)
        trial.options.mapping = nil
        trial.options.sheet = "花名册"
        #expect(trial.faults().map(\.code) == ["sheet.unknown"])
        #expect(trial.bytes("out/manifest.json") == nil)
        trial.options.sheet = " ａ"
        try trial.run()
        #expect(try trial.rows("members").count == 1)
    }

    @Test("Nothing is written where it is only tried, and nothing over what exists")
    func writing() throws {
        let trial = try Trial()
        try trial.addUnits()
        try trial.add("a.csv", "姓名,单位\n甲,B1\n乙,无此单位\n")
        trial.options.isDryRun = true
        let tried = try trial.run()
        #expect(tried.questions == 1)
        #expect(trial.bytes("out/manifest.json") == nil)
        #expect(trial.bytes("out-问题.xlsx") == nil)
        trial.options.isDryRun = false
        try trial.run()
        let first = try #require(trial.bytes("out/members.ndjson"))
        #expect(trial.faults().map(\.code) == ["file.exists"])
        try trial.write("out/mine.txt", "mine")
        #expect(throws: Diagnostic.self) { try trial.run(force: true) }
        #expect(trial.bytes("out/mine.txt") != nil)
        #expect(trial.bytes("out/members.ndjson") == first)
    }

    @Test("The same files give the same bytes")
    func repeats() throws {
        let trial = try Trial()
        try trial.add("a.csv", """
            区县局级,基层团委,团支部,姓名,出生日期
            东区,一中,1班,甲,1999-01-01
            东区,一中,2班,乙,1999.1
            西区,二中,1班,丙,1999-01-03
            """)
        try trial.run()
        let names = ["out/members.ndjson", "out/units.ndjson", "out/manifest.json", "out-问题.xlsx"]
        let first = names.map { trial.bytes($0) }
        #expect(first.allSatisfy { $0 != nil })
        try trial.run(force: true)
        #expect(names.map { trial.bytes($0) } == first)
    }
}
