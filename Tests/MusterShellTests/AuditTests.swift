import Foundation
import MusterDiagnostics
import MusterLeague
import Testing
@testable import MusterShell

/// Who looked at what is hidden is kept, or it is not shown.
@Suite("The audit file")
struct AuditTests {
    /// A session whose audit file stands in a folder of its own, and what it prints.
    private final class Office {
        let folder: URL
        private(set) var session: Session
        private final class Printed { var text = "" }
        private let printed: Printed

        var path: String { folder.appending(path: "state/audit.log").path }

        init(audit path: String? = nil) throws {
            let printed = Printed()
            self.printed = printed
            folder = FileManager.default.temporaryDirectory
                .appending(path: "muster-audit-\(ProcessInfo.processInfo.globallyUniqueString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            var preferences = Preferences(language: .en)
            preferences.isQuiet = true
            session = Session(
                preferences: preferences,
                output: SessionOutput(results: { printed.text += String(decoding: $0, as: UTF8.self) },
                                      messages: { printed.text += $0 }),
                books: Books(League.domain()),
                audit: AuditTrail(path: path ?? folder.appending(path: "state/audit.log").path))
            try session.load(SessionFixture.top.appending(path: "samples/small").path)
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func run(_ text: String) -> String {
            printed.text = ""
            session.run(text)
            return printed.text
        }

        /// A table of one number, in a file beside the audit's.
        func table() throws -> String {
            let file = folder.appending(path: "numbers.csv")
            try Data("证件号码\n129001198804120023\n".utf8).write(to: file)
            return file.path
        }

        func entries() throws -> [AuditTrail.Entry] {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
            return try text.split(separator: "\n").map {
                try JSONDecoder().decode(AuditTrail.Entry.self, from: Data($0.utf8))
            }
        }
    }

    private static let number = "129001198804120023"
    private static let reveal = "people | where id = \"S01\" | select id_number "
        + "| reveal id_number \"checking the list\""

    @Test("What is revealed is recorded, for the owner alone, without the numbers")
    func reveals() throws {
        let office = try Office()
        #expect(office.run(Self.reveal).contains(Self.number))
        #expect(office.run("people | where id_number = \"\(Self.number)\" | count").contains("1"))
        let entries = try office.entries()
        #expect(entries.map(\.kind) == [.reveal, .search])
        #expect(entries.map(\.reason) == ["checking the list", nil])
        #expect(entries.allSatisfy { !$0.user.isEmpty && $0.snapshots.count == 1 })
        #expect(entries[1].statement == "people | where id_number = \"*****************3\" | count")
        let mode = try FileManager.default.attributesOfItem(atPath: office.path)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
        // Nothing of it is gone on from unmasked.
        for statement in ["last", "| select id_number", "last | into t\nt"] {
            #expect(!office.run(statement).contains(Self.number), "\(statement)")
        }
    }

    @Test("That hidden texts are matched with a table's is recorded, or it is not done")
    func matches() throws {
        let office = try Office()
        let relate = "load \"\(try office.table())\" as t\nrelate t.证件号码 to people.id_number as who, rows"
        #expect(!office.run(relate).contains("error"))
        #expect(try office.entries().map(\.kind) == [.match])
        #expect(try office.entries().map(\.reason) == [nil])
        // Names are not hidden.
        #expect(!office.run("relate t.证件号码 to units.id as place").contains("error"))
        #expect(try office.entries().count == 2)
        _ = office.run("members | select id, name | into m\nrelate m.id to people.id as self")
        #expect(try office.entries().count == 2)
        let closed = try Office(audit: "/proc/no-such-folder/audit.log")
        let said = closed.run("load \"\(try closed.table())\" as t\n"
            + "relate t.证件号码 to people.id_number as who, rows")
        #expect(said.contains("audit"), "\(said)")
        #expect(closed.run("t | where who is none | count").contains("error"))
    }

    @Test("Where it cannot be written, nothing is shown")
    func unwritable() throws {
        for path in ["/proc/no-such-folder/audit.log", "/dev/full/audit.log"] {
            let office = try Office(audit: path)
            let shown = office.run(Self.reveal)
            #expect(!shown.contains(Self.number) && shown.contains("audit"), "\(shown)")
            let found = office.run("people | where id_number = \"\(Self.number)\" | select name")
            #expect(!found.contains("赵敏") && found.contains("audit"), "\(found)")
        }
    }

    @Test("A link in its place is not followed")
    func link() throws {
        let office = try Office()
        let other = office.folder.appending(path: "other")
        try Data().write(to: other)
        try FileManager.default.createDirectory(
            at: office.folder.appending(path: "state"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: URL(fileURLWithPath: office.path), withDestinationURL: other)
        #expect(!office.run(Self.reveal).contains(Self.number))
        #expect(try Data(contentsOf: other).isEmpty)
    }

    @Test("Trying numbers out is recorded and ends")
    func trials() throws {
        let office = try Office()
        let ten = (0..<10).map { "\"12900119880412\(1000 + $0)\"" }.joined(separator: ", ")
        for _ in 0..<20 {
            #expect(!office.run("people | where id_number in (\(ten)) | count").contains("error"))
        }
        let more = office.run("people | where id_number = \"\(Self.number)\" | select name")
        #expect(more.contains("error") && !more.contains("赵敏"))
        #expect(try office.entries().count == 21)
        let expected = office.run("expect (people | where id_number = \"\(Self.number)\" | count) = 0")
        #expect(expected.contains("at most"))
    }

    @Test("Neither a script nor a roster on standard input reveals or loosens", arguments: [
        reveal, "set privacy normal", "set publish 0",
    ])
    func scripts(_ statement: String) throws {
        let office = try Office()
        _ = office.run("set privacy strict\nset publish 3")
        let script = office.folder.appending(path: "s.muster")
        try Data((statement + "\n").utf8).write(to: script)
        for word in ["run", "include"] {
            let said = office.run("\(word) \"\(script.path)\"")
            #expect(said.contains("script") && !said.contains(Self.number), "\(said)")
        }
        office.session.prefer { $0.given.isScript = true }
        #expect(!office.session.run(statement))
        #expect(try office.entries().isEmpty)
        #expect(office.session.environment.hidesNames)
        #expect(office.session.environment.publishesFrom == 3)
    }
}
