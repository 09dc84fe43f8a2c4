import MusterDiagnostics
import Testing
@testable import MusterStore

struct ValueTests {
    static let hours = [
        ("1", 100), ("2.5", 250), ("0.25", 25), ("0.01", 1), ("23.99", 2399), ("24.00", 2400),
        ("1.005", 101), ("1.004999999999999999999999999999999999999999999", 100),
        ("0.005", 1), ("0.004", 0), ("0.1", 10), ("0.29", 29), ("0.57", 57), ("1.15", 115),
        ("2.675", 268), ("1e1", 1000), ("15E-1", 150), ("125e-2", 125), ("1.5e0", 150),
        ("0.00000000000000000000000000000000000000000000000001e51", 1000),
        ("12.345678901234567890123456789012345678901234567890", 1235),
    ]

    @Test func hoursAreExactHundredths() throws {
        var books = Books()
        books.service = Self.hours.map { #"{"member": "M1", "hours": "# + $0.0 + "}" }
        let snapshot = try books.load()
        #expect(snapshot.rejects.isEmpty)
        #expect(cells(snapshot.tables["service"], "hours") == Self.hours.map { String($0.1) })
        #expect(snapshot.roundedRows == ["service": [6, 7, 8, 9, 14, 20]])
    }

    @Test func roundedRowsFollowTheirRows() throws {
        var books = Books()
        books.service = ["0.001", "99", "1.001", "", "1", "1.009"].map {
            $0.isEmpty ? "" : #"{"member": "M1", "hours": "# + $0 + "}"
        }
        books.service?.insert(#"{"member": "nobody", "hours": 1.001}"#, at: 1)
        books.service?.append(#"{"member": "M1", "hours": 1.001, "certified": 1}"#)
        let snapshot = try books.load(blockSize: 20)
        #expect(snapshot.rejects.map(\.line) == [2, 3, 8])
        #expect(snapshot.roundedRows == ["service": [0, 1, 3]])
    }

    @Test func wholeNumbersMayBeWrittenAsDecimals() throws {
        var books = Books()
        books.members = ["3", "3.0", "30e-1", "0", "-0"].enumerated().map { index, text in
            "{\"id\": \"M\(index)\", \"name\": \"A\", \"unit\": \"1\", \"stars\": \(text)}"
        }
        books.service = nil
        #expect(cells(try books.load().tables["people"], "stars") == ["3", "3", "3", "0", "0"])
    }

    @Test func absentAndNullAreNone() throws {
        var books = Books()
        books.members = [
            #"{"id": "M1", "name": "A", "unit": "1"}"#,
            #"{"id": "M2", "name": "A", "unit": "1", "gender": null, "birth": null, "#
                + #""id_number": null, "status": null, "stars": null}"#,
            #"{"id": "M3", "name": "A", "unit": "1", "id_number": ""}"#,
        ]
        books.service = [#"{"member": "M1", "hours": 1}"#]
        let snapshot = try books.load()
        let people = snapshot.tables["people"]
        for name in ["gender", "birth", "stars"] { #expect(cells(people, name) == [nil, nil, nil]) }
        #expect(cells(people, "id_number") == [nil, nil, ""])
        #expect(cells(people, "status") == ["member", "member", "member"])
        #expect(cells(snapshot.tables["service"], "certified") == [nil])
    }

    @Test func textsAreUnescaped() throws {
        var books = Books()
        books.members = [
            #"{"id": "\\\"\/\b\f\n\r\t", "name": "\u56e2\uD83D\uDE00", "unit": "\u0031"}"#,
            #"{"id": "", "name": "a", "unit": "1"}"#,
            #"{"id": "\u0000", "name": "\\", "unit": "1"}"#,
        ]
        books.service = [#"{"member": "\u0000", "hours": 1}"#]
        let snapshot = try books.load()
        #expect(cells(snapshot.tables["people"], "id")
            == ["\\\"/\u{8}\u{C}\n\r\t", "\0"])
        #expect(cells(snapshot.tables["people"], "name") == ["团😀", "\\"])
        #expect(cells(snapshot.tables["service"], "member") == ["people 1"])
        #expect(snapshot.rejects.map(\.field) == ["id"])
    }

    @Test func idsOfAnyLengthAreFound() throws {
        var ids = (1...40).map { String(repeating: "x", count: $0) }
        ids += (1...16).map { "M" + String(repeating: "\\u0000", count: $0) }
        ids += ["团员甲乙丙", "团员甲乙丙丁", "abcdefgh", "abcdefgi", "0123456789abcdef", "0123456789abcdeg"]
        var books = Books()
        books.members = ids.map { "{\"id\": \"\($0)\", \"name\": \"A\", \"unit\": \"1\"}" }
        let order = ids.indices.map { $0 * 23 % ids.count }
        books.service = order.map { "{\"member\": \"\(ids[$0])\", \"hours\": 1}" }
        let unknown = ["", "\\u0000", "x\\u0000", "abcdefg", String(repeating: "\\u0000", count: 16),
                       String(repeating: "x", count: 41), "0123456789abcdeF"]
        books.service? += unknown.map { "{\"member\": \"\($0)\", \"hours\": 1}" }
        let snapshot = try books.load()
        #expect(cells(snapshot.tables["service"], "member") == order.map { "people \($0)" })
        #expect(snapshot.rejects.count == unknown.count)
    }

    @Test func textsAreNumberedAsTheyAppear() throws {
        var books = Books()
        books.members = ["乙", "甲", "乙", "丙", "甲"].enumerated().map { index, name in
            "{\"id\": \"M\(index)\", \"name\": \"\(name)\", \"unit\": \"1\"}"
        }
        books.service = nil
        let people = try books.load(blockSize: 5).tables["people"]
        guard case .text(let codes, let texts)? = people?["name"] else {
            Issue.record("name is no text")
            return
        }
        #expect(codes == [0, 1, 0, 2, 1] && texts.texts == ["乙", "甲", "丙"])
    }

    @Test func undeclaredFieldsGetAType() throws {
        var books = Books()
        let rows = [
            #""i": 1, "d": 1.5, "b": true, "t": "x", "day": "2015-10-31", "mix": 1, "#
                + #""n": [1, "a"], "big": 12345678901234567890, "none": null, "badday": "2015-02-29""#,
            #""i": -9007199254740993, "d": 2, "b": false, "t": "y", "day": null, "mix": "1", "#
                + #""n": {"k": null}, "big": 1, "badday": "2015-02-28""#,
            "\"mix\": false",
        ]
        books.members = rows.enumerated().map { index, rest in
            "{\"id\": \"M\(index)\", \"name\": \"A\", \"unit\": \"1\", \(rest)}"
        }
        books.service = nil
        let table = try #require(try books.load().tables["people"])
        #expect(table.undeclared
            == ["i", "d", "b", "t", "day", "mix", "n", "big", "none", "badday"])
        #expect(cells(table, "i") == ["1", "-9007199254740993", nil])
        #expect(cells(table, "d") == ["1.5", "2.0", nil])
        #expect(cells(table, "b") == ["true", "false", nil])
        #expect(cells(table, "t") == ["x", "y", nil])
        #expect(cells(table, "day") == ["2015-10-31", nil, nil])
        #expect(cells(table, "mix") == ["1", "1", "false"])
        #expect(cells(table, "n") == [#"[1, "a"]"#, #"{"k": null}"#, nil])
        #expect(cells(table, "big") == ["12345678901234567890", "1", nil])
        #expect(cells(table, "none") == [nil, nil, nil])
        #expect(cells(table, "badday") == ["2015-02-29", "2015-02-28", nil])
        guard case .day? = table["day"], case .integer? = table["i"], case .decimal(_, places: 1)? = table["d"],
              case .bool? = table["b"], case .text(_, let mixed)? = table["mix"],
              case .text? = table["none"] else {
            Issue.record("a type is not as expected")
            return
        }
        #expect(mixed.texts == ["1", "false"])
    }

    @Test func tooManyDifferentFieldsAreRefused() throws {
        var books = Books()
        books.members = (0..<1001).map {
            "{\"id\": \"M\($0)\", \"name\": \"A\", \"unit\": \"1\", \"x\($0)\": 1}"
        }
        books.service = nil
        #expect(refusal { try books.load() }?.code == "snapshot.too-many-fields")
        books.members.removeLast()
        #expect(try books.load().tables["people"]?.undeclared.count == 1000)
    }
}
