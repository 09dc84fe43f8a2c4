import Foundation
import MusterReference
import Testing

/// The reference against answers worked out by hand (README of the small sample), and the means
/// by which it judges.
@Suite struct ReferenceTests {
    private static func smallSample() throws -> Chronicle {
        let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let book = try Book.read(folder: top.appendingPathComponent("samples/small").path)
        return Chronicle(Shelf([book], current: book.asOf))
    }

    /// Rows as csv shows them, fields set apart by spaces; none is `-`.
    private func rows(_ query: String) throws -> [String] {
        let sheet = try #require(try Evaluator(Self.smallSample()).run(query).last)
        return sheet.rows.map { row in
            row.map { $0.isEmpty ? "-" : $0 }.joined(separator: " ")
        }
    }

    @Test func ratesOfTheSmallSample() throws {
        #expect(try rows("""
            members as of 2015 | rate registered by unit.district | against target | total
            | select unit.district, of, n, target, short, met
            """) == ["和平区团委 12 6 0.5 0 true", "宁河区团委 7 3 0.4 0 true",
                     "南开大学团委 8 3 0.5 1 false", "- 2 2 0.5 0 true", "total 29 14 0.5 1 false"])
    }

    @Test func periodsAndDays() throws {
        #expect(try rows("members over years 2015..2017 | rate registered by year")
            .map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
            == ["2015 29 14", "2016 29 24", "2017 29 23"])
        #expect(try rows("团员 截至 2015-10-31 | 汇总 总 = 计数(), 已 = 计数(已注册)") == ["27 13"])
    }

    @Test("Days by their distance from the day that is read") func relativeDays() throws {
        #expect(try rows("members | where joined in last_year | count by gender")
            == ["女 1", "男 1"])
        #expect(try rows("members as of 2016 | where joined in 前年 | summarize n = count()") == ["3"])
        #expect(try rows("团员 | 汇总 今 = 计数(已注册), 前 = 计数(已注册 截至 去年)") == ["23 22"])
        #expect(try rows("members over years 2015..this_year | rate registered by year")
            .map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
            == ["2015 29 14", "2016 29 24", "2017 29 23"])
        #expect(throws: Refusal.self) { try rows("members as of 明年 | count") }
    }

    @Test("Rows of another table behind these") func appendedRows() throws {
        #expect(try rows("members | count by gender | append (activists | count by gender)")
            == ["女 16", "男 13", "女 1", "男 2"])
        #expect(try rows("""
            let grown = members | where age > 25 | count by gender
            grown | append (grown | select n, twice = n * 2) | append (activists | count)
            """) == ["女 5 -", "男 2 -", "- 5 10", "- 2 4", "- 3 -"])
        #expect(try rows("""
            let all = members | count by gender | append (activists | count by gender)
            all as of 2015 | summarize n = sum(n)
            """) == ["32"])
        #expect(throws: Refusal.self) { try rows("members | append activists") }
        #expect(throws: Refusal.self) {
            try rows("members over years 2015..2016 | select year, name | append (members | select name)")
        }
    }

    @Test("What the contract calls an error has no answer", arguments: [
        "members over years 2015..2017 | count by unit.district",
        "members as of 2020 | count",
        "members over years 2015..2016 | count by unit.district, year | total year",
        "members | where unit under \"团委\" | count",
    ])
    func refusals(_ query: String) throws {
        #expect(throws: Refusal.self) { try rows(query) }
    }

    @Test("A wrong figure, row or heading is noticed", arguments: [
        "gender,n\n女,1\n男,99\n", "gender,n\n女,1\n", "gender,m\n女,1\n男,2\n", "gender,n\n", "",
    ])
    func differences(_ csv: String) throws {
        let sheet = try #require(
            try Evaluator(Self.smallSample()).run("members | count by gender").last)
        #expect(sheet.difference(CSVText.table(csv)) != nil)
        let right = "gender,n\n" + sheet.rows.map { row in
            row.joined(separator: ",") + "\n"
        }.joined()
        #expect(sheet.difference(CSVText.table(right)) == nil)
    }

    @Test("A failing query is made smaller as long as it fails")
    func shrinking() {
        let book = RandomSnapshot.book(seed: 7)
        let shelf = Shelf([book], current: book.asOf)
        let fails = Trial.Verdict.differs("as if")
        let query = "members | where registered and (age < 20 or minor) | rate party by gender, "
            + "unit.district | sort -rate | total | take 3"
        // As if a total behind a sort were wrong wherever there is a unit.
        let small = Shrinking.shrunk(shelf, query, fails) { shelf, text in
            text.contains("sort") && text.contains("total") && !shelf.books[0].units.isEmpty ? fails : .same
        }
        #expect(small.text.contains("sort") && small.text.contains("total"))
        #expect(!small.text.contains("where") && !small.text.contains("take"))
        #expect(!small.text.contains("gender") || !small.text.contains("unit.district"))
        #expect(small.shelf.books[0].people.isEmpty && small.shelf.books[0].units.count == 1)
    }

    @Test func theSameSeedGivesTheSame() {
        let book = RandomSnapshot.book(seed: 3)
        #expect(book.lines == RandomSnapshot.book(seed: 3).lines)
        #expect(book.lines != RandomSnapshot.book(seed: 4).lines)
        let chronicle = Chronicle(RandomSnapshot.shelf(seed: 3))
        let texts = (0..<50).map { RandomQuery.draft(chronicle, seed: $0).text }
        #expect(texts == (0..<50).map { RandomQuery.draft(chronicle, seed: $0).text })
        #expect(Set(texts).count > 45)
    }
}
