import Foundation
import Testing

/// The roster against a platform's list: every figure counted once more from the files.
@Suite struct ReconcileTests {
    /// A record of the platform.
    private struct Entry {
        let number, name, day: String?
    }

    private func tables(_ entries: [Entry], on samples: [String] = ["small"]) throws -> [Sheet] {
        let scratch = try Scratch()
        let lines = entries.map { [$0.number, $0.name, $0.day].map { $0 ?? "" }.joined(separator: ",") }
        let file = try scratch.write("platform.csv", "证件号码,姓名,注册日期\n"
            + lines.map { $0 + "\n" }.joined())
        return try sheets("reconcile", onFiles: samples.map { Project.path("samples/\($0)") },
                          given: ["platform": file])
    }

    private static let entries = [
        Entry(number: "129001198804120023", name: "赵敏", day: "2014-03-05"),
        // In full width and with spaces, as a spreadsheet may have it.
        Entry(number: "１２９００１　２００００２２９　００５５", name: "钱明", day: "2015-06-15"),
        Entry(number: "129001200109100063", name: "孙莉", day: "2015-12-04"),
        Entry(number: "12900119900115024x", name: "卫红", day: "2016-11-21"),
        Entry(number: "129001199911200138", name: "吴昊", day: "2015-09-20"),
        Entry(number: "129001199911200138", name: "吴昊", day: "2015-09-21"),
        Entry(number: "129001198001010017", name: "何人", day: "2016-01-01"),
        Entry(number: nil, name: "佚名", day: "2016-02-02"),
        // Registered and cancelled on the same day: not registered here.
        Entry(number: "129001200103150094", name: "李强", day: "2016-03-05"),
    ]

    @Test func figuresOfTheSmallSample() throws {
        let tables = try tables(Self.entries)
        #expect(tables.having("rows_n").first?.rows == [["9", "7", "1", "0", "1"]])
        let units = try #require(tables.having("registered_n").first)
        #expect(units.rows == [
            ["和平区团委", "12", "5", "6", "1", "1", "1", "2", "1"],
            ["宁河区团委", "8", "0", "8", "0", "0", "0", "0", "0"],
            ["市审计局团委", "0", "0", "0", "0", "0", "0", "0", "0"],
            ["南开大学团委", "10", "0", "8", "2", "0", "0", "0", "0"],
            ["天津青年宫团委", "1", "0", "1", "0", "0", "0", "0", "0"],
            ["total", "31", "5", "23", "3", "1", "1", "2", "1"],
        ])
        #expect(units.headings == ["单位", "名册已注册", "两边都有", "只在名册", "无法核对", "只在平台",
                                   "姓名不同", "日期不同", "平台重复"])
    }

    @Test func listsOfTheSmallSample() throws {
        let tables = try tables(Self.entries)
        #expect(tables.having("there").last?.rows.map { $0[1] } == ["S04"])
        // Two share a number, one has none.
        #expect(tables.having("number").first?.rows.map { [$0[1], $0[3]] } == [
            ["S27", "号码不唯一"], ["S28", "号码不唯一"], ["S38", "号码为空"],
        ])
        #expect(tables.having("证件号码").first?.rows
            == [["129001198001010017", "何人", "2016-01-01"].masked])
        #expect(tables.having("records").last?.rows.map { [$0[1], $0[3]] } == [["S06", "2"]])
        let names = try #require(tables.first { $0.columns == ["path", "id", "name", "姓名"] })
        #expect(names.rows.map { Array($0[1...]) } == [["S03", "孙丽", "孙莉"]])
        let days = try #require(tables.having("here").last)
        #expect(days.rows.map { Array($0[1...]) } == [
            ["S12", "卫红", "2016-11-20", "2016-11-21"], ["S06", "吴昊", "2015-09-20", "2015-09-21"],
        ])
    }

    /// A number that two of the roster have is nobody's, and whoever has it is not missing there.
    @Test func aSharedNumberIsNobodys() throws {
        let rows = try Self.people("small")
        let shared = try #require(
            Dictionary(grouping: rows.compactMap { $0["id_number"] as? String }) { $0 }
                .first { $1.count > 1 })
        let tables = try tables([Entry(number: shared.key, name: "某", day: nil)])
        #expect(tables.having("rows_n").first?.rows == [["1", "0", "0", "1", "0"]])
        #expect(tables.having("registered_n").first?.rows.last
            == ["total", "31", "0", "28", "3", "0", "0", "0", "0"])
        #expect(tables.having("证件号码").isEmpty)
    }

    @Test func withoutAListThereAreNoFigures() throws {
        #expect(try sheets("reconcile", on: "small").isEmpty)
    }

    // MARK: the city, counted by hand

    private static func people(_ sample: String) throws -> [[String: Any]] {
        try Data(contentsOf: URL(filePath: Project.path("samples/\(sample)/members.ndjson")))
            .split(separator: 0x0A).map {
                try #require(try JSONSerialization.jsonObject(with: $0) as? [String: Any])
            }
    }

    /// A list with every third registered person left out, every fifth name changed, every seventh
    /// day one later and every eleventh twice, and some who are registered nowhere.
    @Test func figuresOfTheCity() throws {
        let people = try Self.people("city"), asOf = "2017-12-31"
        func isRegistered(_ row: [String: Any]) -> Bool {
            guard let day = row["registered"] as? String, day <= asOf else { return false }
            guard let cancelled = row["cancelled"] as? String, cancelled >= day else { return true }
            return cancelled > asOf
        }
        let numbers = Dictionary(grouping: people.compactMap { $0["id_number"] as? String }) { $0 }
        var entries: [Entry] = []
        var expected = (registered: 0, both: 0, here: 0, unclear: 0, there: 0, names: 0, days: 0, twice: 0)
        for (place, row) in people.enumerated() {
            let number = row["id_number"] as? String
            let isSingle = number.map { numbers[$0]?.count == 1 } ?? false
            let isOn = isRegistered(row)
            if isOn { expected.registered += 1 }
            if isOn, !isSingle { expected.unclear += 1 }
            guard let number, isSingle else { continue }
            let isListed = isOn ? place % 3 != 0 : place % 13 == 0
            guard isListed else { if isOn { expected.here += 1 }; continue }
            let isRenamed = place % 5 == 0, isLater = place % 7 == 0, isTwice = place % 11 == 0
            let name = (row["name"] as? String ?? "") + (isRenamed ? "某" : "")
            let entry = Entry(number: number, name: name, day: isLater ? "2001-01-01"
                : row["registered"] as? String)
            entries += isTwice ? [entry, entry] : [entry]
            if isOn { expected.both += 1 } else { expected.there += 1 }
            if isRenamed { expected.names += 1 }
            if isLater, isOn { expected.days += 1 }
            if isTwice { expected.twice += 1 }
        }
        let found = try #require(try tables(entries, on: ["city"]).having("registered_n").first)
        let total = try #require(found.rows.last)
        #expect(total == ["total"] + [
            expected.registered, expected.both, expected.here, expected.unclear, expected.there,
            expected.names, expected.days, expected.twice,
        ].map(String.init))
        #expect(expected.both > 1000 && expected.there > 10 && expected.twice > 100)
        // The units add up to the total.
        for column in 1..<total.count {
            let sum = found.rows.dropLast().reduce(0) { $0 + (Int($1[column]) ?? 0) }
            #expect(String(sum) == total[column], "\(found.columns[column])")
        }
    }
}

extension [String] {
    /// A row whose first cell is hidden but for its last character.
    fileprivate var masked: [String] {
        [String(repeating: "*", count: self[0].count - 1) + self[0].suffix(1)] + dropFirst()
    }
}
