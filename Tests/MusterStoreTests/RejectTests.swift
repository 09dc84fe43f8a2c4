import Foundation
import MusterDiagnostics
import Testing
@testable import MusterStore

struct RejectTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let row: String
        let field: String
        let reason: RejectReason
        var testDescription: String { row }

        init(_ row: String, _ field: String, _ reason: RejectReason) {
            self.row = row
            self.field = field
            self.reason = reason
        }
    }

    static let members = [
        Case(#"{"name": "A", "unit": "2"}"#, "id", .missing),
        Case(#"{"id": null, "name": "A", "unit": "2"}"#, "id", .missing),
        Case(#"{"id": "M9", "name": "", "unit": "2"}"#, "name", .missing),
        Case(#"{"id": "M9", "name": "A"}"#, "unit", .missing),
        Case(#"{}"#, "id", .missing),
        Case(#"{"id": 9, "name": "A", "unit": "2"}"#, "id", .wrongType),
        Case(#"{"id": "M9", "name": ["A"], "unit": "2"}"#, "name", .wrongType),
        Case(#"{"id": "M9", "name": {"a": 1}, "unit": "2"}"#, "name", .wrongType),
        Case(#"{"id": "M9", "name": true, "unit": "2"}"#, "name", .wrongType),
        Case(#"{"id": "M9", "name": "A", "unit": 2}"#, "unit", .wrongType),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "birth": 19990101}"#, "birth", .wrongType),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "stars": "3"}"#, "stars", .wrongType),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "stars": 2.5}"#, "stars", .wrongType),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "gender": 1}"#, "gender", .wrongType),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "birth": "1999-02-29"}"#, "birth",
             .invalidDay),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "birth": "1899-12-31"}"#, "birth",
             .invalidDay),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "birth": "2200-01-01"}"#, "birth",
             .invalidDay),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "birth": "1999-2-01"}"#, "birth",
             .invalidDay),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "birth": "1999-00-01"}"#, "birth",
             .invalidDay),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "birth": "1999-13-01"}"#, "birth",
             .invalidDay),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "birth": "1999-01-00"}"#, "birth",
             .invalidDay),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "birth": ""}"#, "birth", .invalidDay),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "birth": "1999/01/01"}"#, "birth",
             .invalidDay),
        Case(#"{"id": "M1", "name": "A", "unit": "2"}"#, "id", .duplicate),
        Case(#"{"id": "\u004d1", "name": "A", "unit": "2"}"#, "id", .duplicate),
        Case(#"{"id": "M9", "name": "A", "unit": "7"}"#, "unit", .unknownReference),
        Case(#"{"id": "M9", "name": "A", "unit": "2 "}"#, "unit", .unknownReference),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "stars": 6}"#, "stars", .outOfRange),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "stars": -1}"#, "stars", .outOfRange),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "stars": 1e30}"#, "stars", .outOfRange),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "gender": "男性"}"#, "gender", .notAllowed),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "gender": ""}"#, "gender", .notAllowed),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "name": "B"}"#, "name", .repeatedField),
        Case(#"{"id": "M9", "name": "A", "unit": "2", "x": 1, "x": 2}"#, "x", .repeatedField),
    ]

    @Test(arguments: members) func memberIsTurnedAway(_ fault: Case) throws {
        var books = Books()
        books.members.insert(fault.row, at: 1)
        let snapshot = try books.load()
        let reject = try #require(snapshot.rejects.first)
        #expect(snapshot.rejects.count == 1)
        #expect(reject.table == "people" && reject.file == "members.ndjson" && reject.line == 2)
        #expect(reject.field == fault.field)
        #expect(reject.reason == fault.reason.term)
        #expect(reject.raw == fault.row)
        // The row leaves no hole and no trace.
        #expect(cells(snapshot.tables["people"], "id") == ["M1", "M2"])
        #expect(contents(snapshot) == contents(try Books().load()))
    }

    static let noObjects = [
        "5", "-0.5e3", #""F12""#, #""\u0046""#, "true", "null", "[]", #"["F12", {"id": "M9"}]"#,
        #"  "F12"  "#,
    ]

    @Test(arguments: noObjects, [9, 1 << 20])
    func whatIsNoObjectIsTurnedAway(_ row: String, _ size: Int) throws {
        var books = Books()
        books.members.insert(row, at: 1)
        let folder = try TemporaryFolder()
        try books.write(to: folder)
        let document = try folder.write("a.json", books.document)
        for (path, file) in [(folder.path, "members.ndjson"), (document, "a.json")] {
            let snapshot = try loadTest(path, blockSize: size)
            #expect(snapshot.rejects == [
                Reject(table: "people", file: file, line: 2, field: "",
                       reason: RejectReason.wrongType.term,
                       raw: row.trimmingCharacters(in: .whitespaces)),
            ])
            #expect(contents(snapshot) == contents(try Books().load()))
        }
    }

    static let hours: [(String, RejectReason?)] = [
        ("0", .outOfRange), ("-2", .outOfRange), ("24.001", .outOfRange), ("25", .outOfRange),
        ("1e3", .outOfRange), ("1e400", .outOfRange), ("-0.0", .outOfRange),
        ("\"2\"", .wrongType), ("true", .wrongType), ("null", .missing), ("24", nil),
        ("0.001", nil), ("24.000", nil),
    ]

    @Test(arguments: hours) func hoursKeepTheirBounds(_ text: String,
                                                      _ reason: RejectReason?) throws {
        var books = Books()
        books.service = [#"{"member": "M1", "hours": "# + text + "}"]
        let snapshot = try books.load()
        #expect(snapshot.rejects.map(\.reason) == (reason.map { [$0.term] } ?? []))
        #expect(snapshot.rejects.allSatisfy { $0.field == "hours" })
        #expect(snapshot.tables["service"]?.rowCount == (reason == nil ? 1 : 0))
    }

    @Test func wrongBooleanIsTurnedAway() throws {
        var books = Books()
        books.service = [#"{"member": "M1", "hours": 1, "certified": 1}"#]
        let reject = try #require(try books.load().rejects.first)
        #expect(reject.field == "certified" && reject.reason == RejectReason.wrongType.term)
    }

    @Test func whatRefersToARejectedRowIsRejected() throws {
        var books = Books()
        books.members[0] = #"{"id": "M1", "name": "王伟", "unit": "9"}"#
        let snapshot = try books.load()
        #expect(snapshot.rejects.map(\.table) == ["people", "service"])
        #expect(snapshot.rejects.map(\.field) == ["unit", "member"])
        #expect(snapshot.rejects.map(\.line) == [1, 2])
        #expect(cells(snapshot.tables["service"], "member") == ["people 0"])
        #expect(cells(snapshot.tables["people"], "id") == ["M2"])
    }

    @Test func aRejectedRowDoesNotTakeItsId() throws {
        var books = Books()
        books.members.insert(#"{"id": "M3", "name": "A", "unit": "2", "stars": 9}"#, at: 0)
        books.members.append(#"{"id": "M3", "name": "B", "unit": "2"}"#)
        let snapshot = try books.load()
        #expect(snapshot.rejects.map(\.reason) == [RejectReason.outOfRange.term])
        #expect(cells(snapshot.tables["people"], "id") == ["M1", "M2", "M3"])
        #expect(cells(snapshot.tables["people"], "name") == ["王伟", "李芳", "B"])
    }

    @Test func rejectsStandInTheOrderOfTheFile() throws {
        var books = Books()
        books.members = [
            #"{"id": "M1", "name": "A", "unit": "9"}"#,
            #"{"id": "M2", "name": "A", "unit": "2", "stars": 7}"#,
            #"{"id": "M3", "name": "A", "unit": "2"}"#,
            #"{"id": "M3", "name": "A", "unit": "2"}"#,
            #"{"id": "M4", "name": "A", "unit": "8"}"#,
        ]
        books.service = nil
        for size in [16, 100, 1 << 20] {
            #expect(try books.load(blockSize: size).rejects.map(\.line) == [1, 2, 4, 5])
        }
    }

    @Test func sensitiveValuesAreMasked() throws {
        var books = Books()
        books.members = [
            #"{"id": "M1", "name": "A", "id_number": "34052419800101001X", "unit": "9"}"#,
            #"{"id": "M2", "name": "34052419800101001X", "id_number" : "短号7", "unit": "9"}"#,
            #"{"id": "M3", "name": "A", "id_number": "1\"23", "note": 340524198001010012}"#,
            #"{"id": "M4", "name": "A", "id_number": 12345}"#,
            #"{"id": "M5", "name": "A", "id_number": ["123", "456"], "unit": "2"}"#,
            #"{"id": "M6", "name": "A", "id_number": null, "unit": "9"}"#,
            #"{"id": "M7", "guardian": "李静", "unit": "9"}"#,
        ]
        books.service = nil
        #expect(try books.load().rejects.map(\.raw) == [
            #"{"id": "M1", "name": "A", "id_number": "*****************X", "unit": "9"}"#,
            #"{"id": "M2", "name": "*****************X", "id_number" : "**7", "unit": "9"}"#,
            #"{"id": "M3", "name": "A", "id_number": "****3", "note": *****************2}"#,
            #"{"id": "M4", "name": "A", "id_number": ****5}"#,
            #"{"id": "M5", "name": "A", "id_number": "# + String(repeating: "*", count: 28),
            #"{"id": "M6", "name": "A", "id_number": null, "unit": "9"}"#,
            #"{"id": "M7", "guardian": "*静", "unit": "9"}"#,
        ])
    }

    @Test func longRowsAreCutBetweenCharacters() throws {
        var books = Books()
        books.members[0] = #"{"id": "M1", "n": ""# + String(repeating: "团", count: 900) + "\"}"
        let raw = try #require(try books.load().rejects.first?.raw)
        #expect(raw.utf8.count <= 500 && raw.utf8.count > 496)
        #expect(raw.last == "团")
        #expect(books.members[0].hasPrefix(raw))
    }
}
