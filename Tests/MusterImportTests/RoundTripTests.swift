import Foundation
import MusterDiagnostics
import MusterImport
import MusterLeague
import MusterReport
@testable import MusterShell
import MusterStore
import Testing

@Suite("A city's books as workbooks and back")
struct RoundTripTests {
    private static let top = SampleTests.samples.deletingLastPathComponent()

    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private func session(_ snapshot: String) throws -> Session {
        var preferences = Preferences(language: .zh)
        preferences.isQuiet = true
        let session = Session(preferences: preferences, domain: League.domain(),
                              output: SessionOutput(results: { _ in }, messages: { _ in }))
        try session.load(snapshot)
        return session
    }

    private func tables(_ script: String, _ session: Session) throws -> [ResultTable] {
        let (report, fault) = session.collecting {
            try session.runScript(script, given: [:], at: nil)
        }
        if let fault { throw fault }
        return report.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    }

    @Test("A city written as workbooks, a file a unit, and imported has the same statistics")
    func thoroughRoundTrip() throws {
        let trial = try Trial()
        let city = SampleTests.samples.appending(path: "city").path
        let books = trial.path("books")
        try FileManager.default.createDirectory(atPath: books, withIntermediateDirectories: true)
        // Debian's own, for which scripts/setup installs openpyxl.
        try run("/usr/bin/python3", [Self.top.appending(path: "Tests/MusterImportTests/city.py").path, city,
                            books])
        trial.options.files = try FileManager.default.contentsOfDirectory(atPath: books).sorted()
            .map { books + "/" + $0 }
        trial.options.units = city
        trial.options.asOf = 17_531 // 2017-12-31
        let result = try trial.run()
        #expect(result.accounts.count > 150)
        #expect(result.whole.asked == 0)
        let before = try session(city), after = try session(trial.path("out"))
        let folder = Self.top.appending(path: "scripts/statistics").path
        let scripts = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(scripts.count >= 20)
        // Questions are of the import alone.
        for script in scripts where script != "follow-up.muster" {
            #expect(try tables(folder + "/" + script, before) == tables(folder + "/" + script, after),
                    "\(script)")
        }
    }
}
