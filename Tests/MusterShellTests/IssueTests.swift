import Foundation
import Testing

/// What `run … --issue` keeps, compares and refuses.
@Suite("Issues that are kept")
struct IssueTests {
    private final class Archive {
        let folder: TestFolder

        init() throws { folder = try TestFolder() }

        var path: String { folder.path + "/issues" }

        func run(_ day: String, on snapshot: String = "samples/small", unit: String? = nil)
            throws -> ExitStatusTests.Outcome {
            try ExitStatusTests.run(
                ["run", "progress", "day=\(day)"] + (unit.map { ["unit=\($0)"] } ?? [])
                    + ["--issue", path, "--format", "md", "--language", "zh", snapshot])
        }

        func report(_ name: String) throws -> String {
            try String(contentsOfFile: "\(path)/\(name)/report.md", encoding: .utf8)
        }

        var issues: [String] {
            ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        }

        /// The small sample, in which 吴昊 of the first district registered in October.
        func corrected() throws -> String {
            let copy = folder.path + "/corrected"
            try FileManager.default.copyItem(
                atPath: ExitStatusTests.top.appending(path: "samples/small").path, toPath: copy)
            let file = copy + "/members.ndjson"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try text.replacing("\"registered\": \"2015-09-20\"", with: "\"registered\": \"2015-10-05\"")
                .write(toFile: file, atomically: true, encoding: .utf8)
            return copy
        }
    }

    @Test("Three months for the city and a district; the third is corrected",
          arguments: [(nil, "12", "共青团天津市委员会"), ("和平区", "120101", "和平区团委")] as
              [(String?, String, String)])
    func threeMonths(_ unit: String?, _ key: String, _ name: String) throws {
        let archive = try Archive()
        for day in ["2015-08-31", "2015-09-30", "2015-10-31"] {
            let outcome = try archive.run(day, unit: unit)
            #expect(outcome.status == 0 && outcome.errors.contains("已存为一期"))
        }
        #expect(archive.issues == ["08-31", "09-30", "10-31"].map { "progress-\(key)-2015-\($0)" })
        let first = try archive.report("progress-\(key)-2015-08-31")
        #expect(!first.contains("上期") && first.contains("# \(name)"))
        let second = try archive.report("progress-\(key)-2015-09-30")
        #expect(second.contains("## 与上期（2015-08-31）比较"))
        // One registered in the district in September, and one in a university.
        #expect(second.contains(unit == nil ? "比上期（2015-08-31）增加 " : "比上期（2015-08-31）增加 1 人"))
        let third = try archive.report("progress-\(key)-2015-10-31")
        #expect(third.contains("## 与上期（2015-09-30）比较") && !third.contains("另有说法"))
        // The same again changes nothing.
        let again = try archive.run("2015-10-31", unit: unit)
        #expect(again.status == 0 && again.errors.contains("数字相同，没有改写"))
        #expect(archive.issues.count == 3)
        // The roster is put right: September was otherwise, which the correction says too.
        let corrected = try archive.corrected()
        #expect(try archive.run("2015-09-30", on: corrected, unit: unit).status == 0)
        #expect(archive.issues.count == 4)
        let correction = try archive.report("progress-\(key)-2015-09-30-correction-1")
        #expect(correction.contains("（更正）\n") && correction.contains("| 公布数 | 更正数 |"))
        #expect(correction.contains("以更正数为准") && correction.contains("注册人数"))
        // What was published stands as it was.
        #expect(try archive.report("progress-\(key)-2015-09-30") == second)
        // The next issue goes on from the correction.
        #expect(try archive.run("2015-11-30", on: corrected, unit: unit).status == 0)
        let next = try archive.report("progress-\(key)-2015-11-30")
        #expect(next.contains("## 与上期（2015-10-31）比较"))
    }

    @Test("What was published for a day that the data now give otherwise is listed")
    func revised() throws {
        let archive = try Archive()
        #expect(try archive.run("2015-09-30").status == 0)
        let corrected = try archive.corrected()
        #expect(try archive.run("2015-10-31", on: corrected).status == 0)
        let report = try archive.report("progress-12-2015-10-31")
        #expect(report.contains("## 上期公布的数字，现在的数据另有说法"))
        #expect(report.contains("| 区 / 和平区团委 | 注册人数 |"))
    }

    @Test("A figure changed by hand, half a file and another version's are noticed",
          arguments: ["changed", "half", "version"])
    func damaged(_ how: String) throws {
        let archive = try Archive()
        #expect(try archive.run("2015-08-31").status == 0)
        let file = archive.path + "/progress-12-2015-08-31/figures.json"
        var text = try String(contentsOfFile: file, encoding: .utf8)
        switch how {
        case "changed": text = text.replacing("\"和平区团委\"", with: "\"和平区团委 \"")
        case "half": text = String(text.prefix(text.count / 2))
        default: text = text.replacing("\"form\" : 1", with: "\"form\" : 7")
        }
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = try archive.run("2015-09-30")
        #expect(outcome.status == 1 && outcome.errors.contains("figures.json"))
        let words = ["changed": "改动过", "half": "不完整", "version": "另一版本"]
        #expect(outcome.errors.contains(words[how] ?? "?"))
        #expect(archive.issues == ["progress-12-2015-08-31"])
    }

    @Test("It names its files itself, and takes no day that the snapshot does not reach")
    func refused() throws {
        let archive = try Archive()
        let both = try ExitStatusTests.run(["run", "progress", "--issue", archive.path, "--output",
                                            archive.path + ".md", "samples/small"])
        #expect(both.status == 2)
        #expect(try archive.run("2018-01-31").status == 1)
        #expect(try archive.run("1990-01-31").status == 1)
        #expect(archive.issues == [])
    }
}
