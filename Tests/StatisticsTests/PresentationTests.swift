import MusterValues
import MusterDiagnostics
import MusterReport
import MusterStore
import Testing

/// What a reader may expect of every statistic, whatever it counts.
@Suite struct PresentationTests {
    private func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    /// Without the names of the units that are asked for, which are what they are.
    private func said(_ text: Message) -> Message {
        ["共青团天津市委员会"].reduce(text) {
            Message(zh: $0.zh.replacing($1, with: "某市"), en: $0.en.replacing($1, with: "A unit"))
        }
    }

    private func hasLatin(_ text: String) -> Bool {
        text.unicodeScalars.contains { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }
    }

    @Test(arguments: DocumentTests.scripts, ["city", "city-2015", "small"])
    func headingsAreInBothLanguagesAndNoTableIsBareOfWords(_ script: String, _ sample: String)
        throws {
        let blocks = try DocumentTests.report(script, sample).report.blocks
        guard case .heading(let heading, 1)? = blocks.first else {
            Issue.record("no title")
            return
        }
        let title = said(heading)
        #expect(isChinese(title.zh) && !isChinese(title.en) && hasLatin(title.en))
        var isTold = false
        for block in blocks {
            switch block {
            case .text(let text):
                isTold = true
                #expect(isChinese(text.zh) && !text.en.isEmpty && text.zh != text.en)
            case .heading(let text, _):
                let heading = said(text)
                #expect(isChinese(heading.zh) && !isChinese(heading.en), "\(heading.en)")
                isTold = true
            case .table(let table):
                #expect(isTold)
                // Where something is counted, it is said what.
                let counts = table.columns.filter { $0.display == .count }
                #expect(counts.isEmpty || counts.contains { $0.unit != nil },
                        "\(heading.zh): \(table.title?.zh ?? "")")
                for column in table.columns {
                    let heading = column.label ?? column.name
                    #expect(!hasLatin(heading.zh) && !heading.zh.contains("."), "\(heading.zh)")
                }
                // Headings that a pivot took from the data stay as they are.
                let isPivoted = table.columns.contains { $0.name.en.contains(" ") }
                for column in table.columns where !isPivoted {
                    let heading = column.label ?? column.name
                    #expect(!isChinese(heading.en) && hasLatin(heading.en), "\(heading.en)")
                }
            default: break
            }
        }
    }

    @Test(arguments: DocumentTests.scripts)
    func thoroughlyRunAtAnyDayOfTheCampaign(_ script: String) throws {
        for (month, day) in [(5, 20), (9, 15)] {
            let at = try #require(CivilDay.number(2015, month, day))
            guard script != "change" else {
                // It compares snapshots, each at its own day: another day is refused, not ignored.
                #expect { try DocumentTests.report(script, "small", asOf: at) } throws: { error in
                    (error as? Diagnostic)?.code == "over.asof"
                }
                continue
            }
            let made = try DocumentTests.report(script, "small", asOf: at)
            #expect(!made.report.blocks.isEmpty)
            #expect(made.messages.isEmpty, "\(made.messages)")
        }
    }

    @Test(arguments: DocumentTests.scripts)
    func noIdentityNumberIsShown(_ script: String) throws {
        try expectNoNumber(script, "city", .zh)
        try expectNoNumber(script, "small", .en)
    }

    @Test(arguments: DocumentTests.scripts)
    func thoroughlyNoIdentityNumberIsShownInEnglish(_ script: String) throws {
        try expectNoNumber(script, "city", .en)
    }

    private func expectNoNumber(_ script: String, _ sample: String, _ language: Language) throws {
        let report = try DocumentTests.report(script, sample, language).report
        let cells = report.tables.flatMap { $0.cells.flatMap(\.self) }
        #expect(!cells.contains { cell in
            if case .text(let text) = cell { text.contains("1290") } else { false }
        })
    }
}
