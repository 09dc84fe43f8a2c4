import Foundation
import Testing

/// The reports as HTML in a real browser: nothing fetched, nothing complained of, nothing cut on
/// a telephone or a screen, and as many sheets of paper as there should be.
@Suite("HTML in Chromium", .enabled(
    if: Chromium.isThere,
    "skipped: no Chromium, Python or pdftotext (scripts/setup --browser installs them)"))
struct ChromiumTests {
    @Test("Statistics with their charts")
    func statistics() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let city = folder.top.appending(path: "samples/city").path
        let scripts = ["progress": "zh", "years": "en", "campaign": "zh", "priority-groups": "zh",
                       "year-end": "zh"]
        for (script, language) in scripts {
            try folder.muster(["run", script, "--language", language, "--quiet",
                               "--output", folder.path("\(script).html"), city])
        }
        let views = try Chromium.look(at: scripts.keys.sorted()
            .map { folder.path("\($0).html") })
        #expect(views.count == scripts.count)
        for (page, view) in views {
            #expect(view.console == [], "\(page)")
            #expect(view.requests == [], "\(page)")
            #expect(view.layout == ["390": [], "1280": []], "\(page)")
            #expect(view.scrolled["1280"] == [], "\(page)")
            // Paper and ink change places in the dark.
            #expect(view.dark[0] < 0.2 && view.dark[1] > 0.8, "\(page)")
            #expect(view.light[0] > 0.9 && view.light[1] < 0.3, "\(page)")
        }
        let progress = try #require(views["progress.html"])
        #expect(progress.language == "zh-CN" && progress.tables == 1 && progress.figures == 1)
        let years = try #require(views["years.html"])
        #expect(years.language == "en" && years.figures == 1)
        // A4 upright; across only where a table is too wide for that.
        #expect(progress.sheets.allSatisfy { $0 == [595, 842] })
        #expect(years.sheets.allSatisfy { $0 == [595, 842] })
        let groups = try #require(views["priority-groups.html"])
        var isWide = false
        for (sheet, words) in zip(groups.sheets, groups.words) {
            let text = words.filter { !$0.isWhitespace }
            // Small print that goes on to another page lies as what it belongs to.
            if text.contains("表1") || text.contains("表2") { isWide = text.contains("表2") }
            #expect(sheet == (isWide ? [842, 595] : [595, 842]))
        }
        #expect(Set(groups.sheets).count == 2)
    }

    @Test("Every statistic on three samples: nothing cut, nothing outside A4, no signature alone",
          arguments: ["city", "city-2015", "small"])
    func thoroughEveryStatistic(_ sample: String) throws {
        let folder = try Folder()
        defer { folder.remove() }
        let data = folder.top.appending(path: "samples/\(sample)").path
        let scripts = try FileManager.default
            .contentsOfDirectory(atPath: folder.top.appending(path: "scripts/statistics").path)
            .filter { $0.hasSuffix(".muster") }.map { String($0.dropLast(7)) }.sorted()
        #expect(scripts.count >= 24)
        // Those that need a table of somebody else's, or units that a sample has not, say so.
        let pages = scripts.compactMap { script -> String? in
            let path = folder.path("\(script).html")
            let made = try? folder.muster(["run", script, "--language", "zh", "--quiet",
                                           "--output", path, data])
            return made == nil ? nil : path
        }
        #expect(pages.count >= 20)
        for (page, view) in try Chromium.look(at: pages) {
            #expect(view.console == [] && view.requests == [], "\(page)")
            #expect(view.layout == ["390": [], "1280": []], "\(page)")
            #expect(view.sheets.allSatisfy { $0 == [595, 842] || $0 == [842, 595] }, "\(page)")
            let signed = view.words.map { $0.filter { !$0.isWhitespace } }
                .filter { $0.contains("统计负责人：") }
            #expect(signed.count == 1, "\(page)")
            // Before who signs stands a figure, or that there is none.
            let before = signed.first?.components(separatedBy: "单位负责人：").first ?? ""
            #expect(before.contains(where: \.isNumber) || before.contains("无")
                    || before.contains("没有"), "\(page)")
        }
    }

    @Test("On paper: numbered pages, the head of a table on each, a place to sign at the end")
    func paper() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let city = folder.top.appending(path: "samples/city").path
        try folder.muster(["run", "progress", "--language", "zh", "--quiet", "--output",
                           folder.path("progress.html"), city])
        let view = try #require(try Chromium.look(at: [folder.path("progress.html")]).values.first)
        let pages = view.sheets.count
        #expect(view.words.count == pages && pages > 2)
        var heads = 0
        for (number, words) in view.words.enumerated() {
            let text = words.filter { !$0.isWhitespace }
            #expect(text.contains("第\(number + 1)页，共\(pages)页"))
            // The pages of the table, then its picture, and what is signed.
            if text.contains("团员总数注册人数") {
                heads += 1
                // The title once more; on the table's first page it lies under the title itself.
                #expect(text.contains("（续表）"), "page \(number + 1)")
            }
        }
        #expect(heads > 2)
        let last = view.words[pages - 1].filter { !$0.isWhitespace }
        for place in ["单位负责人：", "填表人：", "填报日期：", "数据指纹"] {
            #expect(last.contains(place))
        }
        // Who signs has figures before it on the page.
        #expect(last.firstRange(of: "%") != nil)
    }

    @Test("Long names, many columns, every kind of chart")
    func awkward() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let csv = "unit,n,m\n" + (1...40).map { number in
            "天津市滨海新区经济技术开发区第\(number)志愿服务总队 Internationalisation,\(number * 97),\(-number)\n"
        }.joined()
        try csv.write(toFile: folder.path("long.csv"), atomically: true, encoding: .utf8)
        let queries = ["bar unit n", "bar unit n, m", "column unit n", "line unit n, m"]
            .map { "long | chart \($0)" }
        let wide = "members over months 2014-01..2017-12 | rate registered by unit.kind, month "
            + "| total | pivot month"
        let few = "members over years 2015..2017 | rate registered by unit.kind, year "
            + "| against target | chart "
        let statements = (["load '\(folder.path("long.csv"))' as long"] + queries
            + [wide, few + "column", few + "line year rate",
               "long | where n < 0 | chart bar unit n"]).joined(separator: "; ")
        let page = try folder.muster(["-c", statements, "--format", "html", "--language", "zh",
                                      "--quiet", folder.top.appending(path: "samples/city").path])
        try page.write(to: URL(filePath: folder.path("awkward.html")))
        let view = try #require(try Chromium.look(at: [folder.path("awkward.html")]).values.first)
        #expect(view.console == [] && view.requests == [])
        #expect(view.layout == ["390": [], "1280": []])
        #expect(view.figures == 7)
    }

    @Test("The look itself finds what is wrong")
    func faults() throws {
        let folder = try Folder()
        defer { folder.remove() }
        let page = """
            <!DOCTYPE html><html lang="en"><title>x</title>
            <meta name="viewport" content="width=device-width">
            <img src="http://127.0.0.1:9/x.png"><script>console.error("no"); nothing()</script>
            <p style="width: 900px">wide</p>
            <figure><svg viewBox="0 0 100 100" width="100" height="100"><rect width="9" height="9"/>
            <text x="10" y="50">one</text><text x="12" y="52">two</text>
            <text x="80" y="90">cut off</text></svg></figure>
            """
        try page.write(toFile: folder.path("bad.html"), atomically: true, encoding: .utf8)
        let view = try #require(try Chromium.look(at: [folder.path("bad.html")]).values.first)
        #expect(view.console.count >= 2 && view.requests.count == 1)
        let faults = try #require(view.layout["390"])
        for fault in ["the page is", "P sticks out", "labels overlap: one, two",
                      "a label is cut: cut off"] {
            #expect(faults.contains { $0.hasPrefix(fault) }, "\(fault)")
        }
        #expect(view.layout["1280"]?.contains { $0.hasPrefix("P sticks out") } == false)
    }
}
