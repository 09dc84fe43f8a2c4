import MusterValues
import MusterDiagnostics
import Testing
@testable import MusterStore

struct ManifestTests {
    private func load(_ manifest: String) throws -> Snapshot {
        var books = Books()
        books.manifest = manifest
        return try books.load()
    }

    private func manifest(targets: String) -> String {
        #"{"format": "test/1", "as_of": "2015-12-31", "targets": "# + targets + "}"
    }

    @Test func theManifestIsRead() throws {
        let snapshot = try load("""
            {
              "as_of": "2015-10-15", "format": "test/1", "source": "团\\u5e02委",
              "other": {"a": [1, "}"]},
              "targets": [ {"year": 2015, "rate": 0.5, "by": "2015-10-31"},
                           {"rate": 4.2e-1, "unit": "2", "year": 2015, "by": null},
                           {"year": 2017, "rate": 1} ]
            }

            """)
        #expect(CivilDay.text(snapshot.asOf) == "2015-10-15")
        #expect(snapshot.source == "团市委")
        #expect(snapshot.targets == [
            ManifestTarget(year: 2015, rate: 500_000, by: CivilDay.number(2015, 10, 31), owner: nil),
            ManifestTarget(year: 2015, rate: 420_000, by: nil, owner: "2"),
            ManifestTarget(year: 2017, rate: 1_000_000, by: nil, owner: nil),
        ])
    }

    @Test func targetsHaveADefault() throws {
        #expect(try Books().load().targets == testSchema.defaultTargets)
        #expect(try load(manifest(targets: "null")).targets == testSchema.defaultTargets)
        #expect(try load(manifest(targets: "[]")).targets.isEmpty)
    }

    @Test(arguments: [
        (#"{"as_of": "2015-12-31"}"#, "snapshot.format", "no format"),
        (#"{"format": "test/2", "as_of": "2015-12-31"}"#, "snapshot.format", "test/2"),
        (#"{"format": 1, "as_of": "2015-12-31"}"#, "snapshot.format", "format 1"),
        (#"{"format": "test/1"}"#, "snapshot.as-of", "missing"),
        (#"{"format": "test/1", "as_of": "2015-02-29"}"#, "snapshot.as-of", "2015-02-29"),
        (#"{"format": "test/1", "as_of": 2015}"#, "snapshot.as-of", "must be a day"),
        (#"{"format": "test/1", "as_of": "2015-12-31", "source": 1}"#, "snapshot.source", "text"),
        (#"{"format": "test/1", "format": "test/1"}"#, "snapshot.repeated-key", "format"),
        ("{\n\"format\": x}", "snapshot.malformed", "line 2 (byte 13 of the file)"),
        ("[]", "snapshot.malformed", "line 1 (byte 1 of the file)"),
        ("", "snapshot.malformed", "cut off"),
    ]) func aBadManifestIsRefused(_ text: String, _ code: String, _ says: String) throws {
        let refused = refusal { try load(text) }
        #expect(refused?.code == code)
        #expect(refused?.message.en.contains(says) == true, "\(refused?.message.en ?? "")")
        #expect(refused?.message.en.contains("manifest.json") == true)
    }

    @Test(arguments: [
        "1", "{}", "[1]", "[{}]", #"[{"year": 2015, "rate": 0.5}, {"year": "2015", "rate": 1}]"#,
        #"[{"year": 2015}]"#, #"[{"year": 2015, "rate": 50}]"#, #"[{"year": 2015, "rate": -0.1}]"#,
        #"[{"year": 2015.5, "rate": 0.5}]"#, #"[{"year": 2015, "rate": "0.5"}]"#,
        #"[{"year": 2015, "rate": 0.5, "by": "2015"}]"#, #"[{"year": 2015, "rate": 0.5, "by": 1}]"#,
        #"[{"year": 2015, "rate": 0.5, "unit": 1}]"#, #"[{"year": 2015, "rate": 0.5, "unit": ""}]"#,
    ]) func badTargetsAreRefused(_ targets: String) throws {
        let refused = refusal { try load(manifest(targets: targets)) }
        #expect(refused?.code == "snapshot.targets")
        let entry = targets.contains("\"2015\", \"rate\"") ? "entry 2"
            : targets.hasPrefix("[") ? "entry 1" : "array"
        #expect(refused?.message.en.contains(entry) == true, "\(refused?.message.en ?? "")")
    }

    @Test func missingFilesAreNamed() throws {
        let folder = try TemporaryFolder()
        #expect(refusal { try loadTest(folder.path) }?.code == "snapshot.no-manifest")
        #expect(refusal { try loadTest(folder.file("nothing")) }?.code == "file.missing")
        try Books().write(to: folder)
        try folder.remove("units.ndjson")
        let refused = refusal { try loadTest(folder.path) }
        #expect(refused?.code == "snapshot.no-table")
        #expect(refused?.message.en.contains("units.ndjson") == true)
        try Books().write(to: folder)
        try folder.writePacked("members.ndjson.gz", "")
        #expect(refusal { try loadTest(folder.path) }?.code == "snapshot.two-files")
        #expect(refusal { try loadTest("/dev/null") }?.code == "file.unreadable")
    }

    @Test func missingTablesOfADocumentAreNamed() throws {
        let folder = try TemporaryFolder()
        let head = #"{"format": "test/1", "as_of": "2015-12-31""#
        for (rest, code) in [
            (#", "units": []}"#, "snapshot.no-table"),
            (#", "units": 1, "members": []}"#, "snapshot.no-table"),
            (#", "units": {}, "members": []}"#, "snapshot.no-table"),
            (#", "units": [], "units": [], "members": []}"#, "snapshot.repeated-key"),
            (#", "units": [{}{}], "members": []}"#, "snapshot.malformed"),
            (#", "units": [,], "members": []}"#, "snapshot.malformed"),
            (#", "units": [{"id": "1", "name": "A"},], "members": []}"#, "snapshot.malformed"),
            (#", "units": [1 2], "members": []}"#, "snapshot.malformed"),
            (#", "units": [], "members": []"#, "snapshot.malformed"),
            (#", "units": [], "members": ["#, "snapshot.malformed"),
            (#", "units": [], "members": []} x"#, "snapshot.malformed"),
            (#", "units": [} , "members": []}"#, "snapshot.malformed"),
            (#", "x": [1 2], "units": [], "members": []}"#, "snapshot.malformed"),
            (", \"units\": [{\"id\": \"a\nb\"}], \"members\": []}", "snapshot.malformed"),
        ] {
            let path = try folder.write("a.json", head + rest)
            for size in [1, 1 << 20] {
                #expect(refusal { try loadTest(path, blockSize: size) }?.code == code, "\(rest)")
            }
        }
        for text in ["", "[1]", "\u{FEFF}", "{"] {
            let path = try folder.write("b.json", text)
            #expect(refusal { try loadTest(path) }?.code == "snapshot.malformed")
        }
    }

    @Test func emptyTablesAreTables() throws {
        var books = Books()
        books.units = []
        books.members = []
        books.service = []
        let snapshot = try books.load()
        #expect(snapshot.tables.values.allSatisfy { $0.rowCount == 0 })
        #expect(snapshot.tables["people"]?.columnNames.count == 8)
    }
}
