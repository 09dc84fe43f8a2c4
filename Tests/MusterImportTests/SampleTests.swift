import Foundation
import MusterDiagnostics
import MusterFiles
import MusterImport
import MusterLeague
import Testing

@Suite("The rosters of the sample")
struct SampleTests {
    static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "samples")

    private func trial(answered: Bool) throws -> Trial {
        let trial = try Trial()
        let folder = Self.samples.appending(path: "rosters")
        func path(_ name: String) -> String { folder.appending(path: name).path }
        trial.options.files = ["第一中学.xlsx", "职业中专.xlsx", "中心医院.csv"].map(path)
        trial.options.units = path("组织.csv")
        if answered { trial.options.corrections = [path("答复.xlsx")] }
        return trial
    }

    @Test("Every row of three rosters is accounted for as worked out by hand")
    func first() throws {
        let trial = try trial(answered: false)
        let whole = try trial.run().whole
        #expect(whole.read == 32)
        #expect(whole.taken == 28)
        #expect(whole.asked == 1)
        #expect(whole.passedOver == 3)
        let members = try trial.members
        #expect(members.count == 15)
        let registered = members.filter { $0["registered"] != nil }.map { $0["name"] ?? "" }
        #expect(registered == [
            "王小明", "李小红", "孙丽", "周强", "吴敏", "陈静", "郑洁", "何欣", "林一凡", "许可",
        ])
        #expect(members.first { $0["name"] == "吴敏" }?["unit"] == "U10")
        #expect(members.first { $0["name"] == "郑洁" }?["id_number"] == nil)
        #expect(try trial.questions.map { "\($0["person"] ?? "") \($0["field"] ?? "")" } == [
            "赵大伟 身份证号", "陈静 出生日期", "郑洁 身份证号", "冯雪 注册日期", "何欣 身份证号",
            "阿依古丽·买买提 注册日期", "吴敏 所在组织",
        ])
        #expect(try trial.rows("service").count == 2)
    }

    @Test("With the answers it is the snapshot that stands in the sample, byte for byte")
    func answered() throws {
        let trial = try trial(answered: true)
        let result = try trial.run()
        #expect(result.corrections == 6)
        #expect(result.idle.isEmpty)
        let folder = Self.samples.appending(path: "rosters/imported")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names.count == 6)
        for name in names {
            let known = try Data(contentsOf: folder.appending(path: name))
            #expect(trial.bytes("out/\(name)") == known, "\(name)")
        }
    }

    @Test("What was corrected is kept, and of an ID number its last character only")
    func corrections() throws {
        let trial = try trial(answered: true)
        try trial.run()
        let rows = try trial.rows("corrections")
        #expect(rows.map { $0["by"] } == [String?](repeating: "答复.xlsx", count: 6))
        let number = try #require(rows.first { $0["person"] == "郑洁" })
        #expect(number["from"] == "*****************0")
        #expect(number["to"]?.dropLast().allSatisfy { $0 == "*" } == true)
        let whole = try #require(trial.bytes("out/questions.ndjson"))
            + (trial.bytes("out/corrections.ndjson") ?? Data())
        #expect(!String(decoding: whole, as: UTF8.self).contains("129001"))
    }

    @Test("An answer to what has changed since, or to nothing, is listed and not used")
    func idle() throws {
        let trial = try trial(answered: true)
        trial.options.files.removeLast()
        trial.options.files.append(try trial.write("中心医院.csv", """
            姓名,单位,出生年月,入团时间
            林一凡,中心医院团支部,1990-02-14,2006-05-04
            """))
        let result = try trial.run()
        #expect(result.corrections == 5)
        #expect(result.idle.map { "\($0.file) \($0.row) \($0.field)" } == ["中心医院.csv 5 所在组织"])
    }
}
