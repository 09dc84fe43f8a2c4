import MusterDiagnostics
import Synchronization
import Testing
@testable import MusterStore

/// What a load turns away has a limit, however it comes to be turned away, and Ctrl-C is asked
/// for in its last phase too.
struct LoadLimitTests {
    private func books(units: [String] = [], members: [String] = []) -> Books {
        var books = Books()
        books.units += units
        books.members += members
        return books
    }

    private func load(_ books: Books, rejects: Int, cancelled: @escaping @Sendable () -> Bool = {
        false
    }) throws -> Snapshot {
        let folder = try TemporaryFolder()
        try books.write(to: folder)
        var limits = Limits()
        limits.rejects = rejects
        return try SnapshotLoader(schema: testSchema, threads: 1, blockSize: 1 << 16,
                                  limits: limits, cancelled: cancelled).load(folder.path)
    }

    /// Ten of each kind of row that is turned away.
    private static let faulty: [(units: [String], members: [String])] = [
        ([], (0..<10).map { "{\"id\": \"X\($0)\"}" }),
        ([], (0..<10).map { _ in #"{"id": "M1", "name": "again", "unit": "1"}"# }),
        ([], (0..<10).map { "{\"id\": \"X\($0)\", \"name\": \"x\", \"unit\": \"nowhere\"}" }),
        ((0..<10).map { "{\"id\": \"X\($0)\", \"name\": \"x\", \"parent\": \"nowhere\"}" }, []),
        // In a circle, and below one of those.
        ((0..<10).map { "{\"id\": \"X\($0)\", \"name\": \"x\", \"parent\": \"X\(($0 + 1) % 5)\"}" },
         []),
    ]

    @Test(arguments: 0..<faulty.count)
    func rowsTurnedAwayHaveALimit(_ kind: Int) throws {
        let (units, members) = Self.faulty[kind]
        let books = books(units: units, members: members)
        #expect(try load(books, rejects: 10).rejects.count == 10)
        let fault = refusal { try load(books, rejects: 9) }
        #expect(fault?.code == "limit.rejects")
        #expect(fault?.hint?.en.contains("set rejects 18") == true)
    }

    @Test func blankLinesHaveALimit() throws {
        let blank = [String](repeating: "", count: Limits.blankLines)
        #expect(try load(books(members: blank), rejects: 1).rejects.isEmpty)
        let fault = refusal { try load(books(members: blank + [""]), rejects: 1) }
        #expect(fault?.code == "limit.blank")
    }

    @Test func aStopIsAskedForBehindTheLastRow() throws {
        let asked = Atomic<Int>(0)
        let books = books(units: Self.faulty[4].units)
        _ = try load(books, rejects: 100) {
            asked.add(1, ordering: .relaxed)
            return false
        }
        let all = asked.load(ordering: .relaxed)
        for last in [all, all - 1, all - 5] {
            asked.store(0, ordering: .relaxed)
            let fault = #expect(throws: Diagnostic.self) {
                try load(books, rejects: 100) {
                    asked.wrappingAdd(1, ordering: .relaxed).newValue >= last
                }
            }
            #expect(fault?.code == "load.cancelled")
        }
        // A table has five fields and more; each is asked for behind the rows.
        #expect(all > 3 * 5)
    }
}
