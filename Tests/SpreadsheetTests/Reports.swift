import Foundation
import MusterLeague
import MusterDiagnostics
import MusterReport
@testable import MusterShell

/// Reports that the saved statistics make of a sample.
enum Reports {
    static let top = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let statistics: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(
            atPath: top.path + "/scripts/statistics")
        return (files ?? []).filter { $0.hasSuffix(".muster") }
            .map { String($0.dropLast(".muster".count)) }.sorted()
    }()

    static func session(_ sample: String = "city") throws -> Session {
        var preferences = Preferences(language: .zh)
        preferences.isQuiet = true
        let session = Session(preferences: preferences, domain: League.domain(),
                              output: SessionOutput(results: { _ in }, messages: { _ in }))
        try session.load(top.appending(path: "samples/\(sample)").path)
        return session
    }

    static func report(_ script: String, _ session: Session) throws -> Report {
        let path = top.appending(path: "scripts/statistics/\(script).muster").path
        let (report, fault) = session.collecting {
            try session.runScript(path, given: [:], at: nil)
        }
        if let fault { throw fault }
        return session.dated(report)
    }

    static func report(of statements: String, _ session: Session) -> Report {
        session.dated(session.collecting { session.run(statements) }.report)
    }

    static func workbook(_ report: Report, _ language: Language) throws -> [UInt8] {
        try XLSXFormat().contents(of: report, Presentation(language, destination: .file))
    }
}
