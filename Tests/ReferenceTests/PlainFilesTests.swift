import MusterReference
import Testing

/// The reference's own reading of files, its look-ups and its exact decimals, against answers
/// worked out by hand.
@Suite struct PlainFilesTests {
    private static func table(_ heading: String, _ cells: [String]) -> PlainTable {
        PlainTable(PlainFile(name: "t", format: .csv, headings: [heading],
                             rows: cells.map { [$0.isEmpty ? .missing : .text($0)] }))
    }

    struct Typed: Sendable {
        let heading: String
        let cells: [String]
        let kind: PlainKind
    }

    @Test("What all values have in common, each printed back as it was read", arguments: [
        Typed(heading: "a", cells: ["007", "12"], kind: .text),
        Typed(heading: "a", cells: ["1E2", "100"], kind: .text),
        Typed(heading: "a", cells: ["1.10", "1.1"], kind: .text),
        Typed(heading: "a", cells: ["1", "1.0"], kind: .text),
        Typed(heading: "a", cells: ["12345678901234567890"], kind: .text),
        Typed(heading: "a", cells: ["１２", "12"], kind: .text),
        Typed(heading: "a", cells: ["3", "-", "NA", ""], kind: .whole),
        Typed(heading: "a", cells: ["无", "-"], kind: .text),
        Typed(heading: "a", cells: ["-0.5", "2", "0.125"], kind: .decimal(places: 3)),
        Typed(heading: "a", cells: ["59.5", "14.0"], kind: .decimal(places: 1)),
        Typed(heading: "a", cells: ["0.1234567", "3"], kind: .double),
        Typed(heading: "a", cells: ["2015-6-3", "2015/6/3", "2015.6.3", "2015年6月3日",
                                    "2015/6/3 0:00"], kind: .day),
        Typed(heading: "a", cells: ["2015/6/3", "2015/2/30"], kind: .text),
        Typed(heading: "a", cells: ["20150603"], kind: .whole),
        Typed(heading: "入团日期", cells: ["20150603"], kind: .day),
        Typed(heading: "a", cells: ["是", "否"], kind: .truth),
        Typed(heading: "a", cells: ["是", "Y"], kind: .text),
    ])
    func kinds(_ typed: Typed) {
        #expect(Self.table(typed.heading, typed.cells).columns[0].kind == typed.kind)
    }

    private static let files = [
        PlainFile(name: "p", format: .csv, headings: ["n", "人数", "2016", "值"], rows: [
            [.text("1"), .text("10"), .text("甲"), .text("0.1")],
            [.text("2"), .text("20"), .text("乙"), .text("0.2")],
            [.text("3"), .text("30"), .text("乙"), .text("0.25")],
        ]),
    ]

    private func rows(_ query: String) throws -> [[String]] {
        let book = RandomSnapshot.book(seed: 1)
        let shelf = Shelf([book], current: book.asOf, files: Self.files)
        return try #require(try Evaluator(Chronicle(shelf)).run(query).last).rows
    }

    @Test("Headings are the only names, decimals are exact, a look-up finds one row or none")
    func answers() throws {
        #expect(try rows("p | summarize a = sum(n), b = sum(人数), c = sum(值)")
            == [["6", "60", "0.55"]])
        #expect(try rows("p | summarize c = sum(值) - 0.55 = 0") == [["true"]])
        #expect(try rows("p | sort -2016 | select 2016, n")
            == [["甲", "1"], ["乙", "2"], ["乙", "3"]])
        #expect(try rows("p | derive x = lookup(p.人数, n = n + 1) | select x")
            == [["20"], ["30"], [""]])
    }

    private static let related = [
        PlainFile(name: "p", format: .csv, headings: ["k", "v"], rows: [
            [.text("a"), .text("1")], [.text("a"), .text("2")], [.text("b"), .text("3")],
            [.text("c"), .text("4")], [.missing, .text("5")],
        ]),
        PlainFile(name: "q", format: .csv, headings: ["k", "w"], rows: [
            [.text("a"), .text("10")], [.text("b"), .text("20")], [.text("b"), .text("30")],
            [.missing, .text("40")],
        ]),
    ]

    private func relatedRows(_ query: String) throws -> [[String]] {
        let book = RandomSnapshot.book(seed: 1)
        let shelf = Shelf([book], current: book.asOf, files: Self.related)
        let text = "relate p.k to q.k as up, down\n" + query
        return try #require(try Evaluator(Chronicle(shelf)).run(text).last).rows
    }

    @Test("A row belongs to the only one with its key; to nobody where there are two, or no key")
    func relations() throws {
        #expect(try relatedRows("p | select v, x = up.w")
            == [["1", "10"], ["2", "10"], ["3", ""], ["4", ""], ["5", ""]])
        #expect(try relatedRows("p | where up is none | select v") == [["3"], ["4"], ["5"]])
        #expect(try relatedRows("q | select w, n = count(down), s = sum(down.v where v > 1)")
            == [["10", "2", "2"], ["20", "0", "0"], ["30", "0", "0"], ["40", "0", "0"]])
        #expect(throws: Refusal.self) { try relatedRows("relate p.v to q.k as other, others\np | select v") }
    }

    @Test("What reads two ways, is of another type or finds several has no answer", arguments: [
        "p | derive x = 2016", "p | where n = 2016", "p | derive x = lookup(p.n, 值 = `2016`)",
        "p | derive x = lookup(p.n, `2016` = `2016`)",
        "p | derive x = n / total(n) | where x > 90",
    ])
    func refusals(_ query: String) throws {
        #expect(throws: Refusal.self) { try rows(query) }
    }
}
