import Foundation
import Glibc
import MusterDiagnostics
import MusterLanguage
import MusterLeague
import MusterStore
@testable import MusterShell

/// What libFuzzer calls with every text that it makes up: nothing may trap, hang, or use memory
/// that is not its own. Which part is tried, `MUSTER_FUZZ_TARGET` says.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    Fuzz.target.body(UnsafeBufferPointer(start: bytes, count: count))
    return 0
}

/// libFuzzer's own program.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(_ count: UnsafeMutablePointer<Int32>,
                       _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
                       _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32) -> Int32

/// What the linker takes for `main`.
@_cdecl("MusterFuzz_main")
public func fuzzMain(_ count: Int32,
                     _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32 {
    var (count, arguments) = (count, arguments)
    return runDriver(&count, &arguments, fuzzOne)
}

struct Fuzz {
    let name: String
    let body: @Sendable (UnsafeBufferPointer<UInt8>) -> Void

    static let target: Fuzz = {
        let name = ProcessInfo.processInfo.environment["MUSTER_FUZZ_TARGET"] ?? ""
        guard let found = all.first(where: { $0.name == name }) else {
            let names = all.map(\.name).joined(separator: " ")
            FileHandle.standardError.write(Data("MUSTER_FUZZ_TARGET is one of: \(names)\n".utf8))
            exit(2)
        }
        return found
    }()

    private static let all = [
        Fuzz(name: "text", body: text), Fuzz(name: "query", body: query),
        Fuzz(name: "document", body: document), Fuzz(name: "rows", body: rows),
        Fuzz(name: "table", body: table), Fuzz(name: "lesson", body: lesson),
        Fuzz(name: "sheets", body: sheets), Fuzz(name: "settings", body: settings),
        Fuzz(name: "history", body: history), Fuzz(name: "progress", body: progress),
        Fuzz(name: "cache", body: cache),
    ]

    static let domain = League.domain()
    nonisolated(unsafe) private static var hidden: [String: Bool] = [:]

    /// The League's, which remembers what it said of a heading: a load asks for each once, and
    /// most of the time would go into that.
    private static let discretion: Discretion = {
        let given = domain.discretion
        return Discretion(isHidden: { heading in
            if let known = hidden[heading] { return known }
            let answer = given.isHidden(heading)
            if hidden.count < 10_000 { hidden[heading] = answer }
            return answer
        }, hides: given.hides, masked: given.masked)
    }()

    static let home = ProcessInfo.processInfo.environment["MUSTER_FUZZ_HOME"] ?? "."

    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// Lexer, parser and formatter: a text that has no fault is formatted into one that has none,
    /// and is formatted the same again.
    @Sendable private static func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        let vocabulary = SessionVocabulary(bare.environment)
        let script = parse(SourceText(text: read(bytes)), vocabulary: vocabulary)
        _ = rendered(script.diagnostics.map { $0 }, in: .zh)
        guard script.diagnostics.isEmpty else { return }
        let first = format(script, vocabulary: vocabulary, language: nil, renamed: [:])
        let again = parse(SourceText(text: first), vocabulary: vocabulary)
        precondition(again.diagnostics.isEmpty, "formatted into a fault: \(first)")
        let second = format(again, vocabulary: vocabulary, language: nil, renamed: [:])
        precondition(first == second, "not settled: \(first)")
    }

    /// Binder and engine over the small sample: queries and definitions alone, for commands may
    /// read and write files.
    @Sendable private static func query(_ bytes: UnsafeBufferPointer<UInt8>) {
        let source = SourceText(text: read(bytes))
        let session = loaded()
        let script = parse(source, vocabulary: session.vocabulary)
        guard script.diagnostics.isEmpty else { return }
        for statement in script.statements {
            switch statement.kind {
            case .query, .assignment: _ = try? session.execute([statement], source)
            default: continue
            }
        }
    }

    /// A snapshot as one document.
    @Sendable private static func document(_ bytes: UnsafeBufferPointer<UInt8>) {
        load(bytes, as: "document.json") { path in
            _ = try SnapshotLoader(schema: domain.schema, discretion: discretion, threads: 1)
                .load(path)
        }
    }

    /// The members of a snapshot as rows, in one block: several, and several threads, are tried
    /// by the tests, and cost most of the time here.
    @Sendable private static func rows(_ bytes: UnsafeBufferPointer<UInt8>) {
        load(bytes, as: "members.ndjson") { _ in
            _ = try SnapshotLoader(schema: domain.schema, discretion: discretion,
                                   threads: 1, blockSize: 1 << 14).load(home)
        }
    }

    /// A table in any form: the first byte chooses CSV, TSV, JSON or NDJSON.
    @Sendable private static func table(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let first = bytes.first else { return }
        let endings = ["csv", "tsv", "json", "ndjson"]
        let rest = UnsafeBufferPointer(rebasing: bytes.dropFirst())
        load(rest, as: "table." + endings[Int(first) % endings.count]) { path in
            _ = try PlainTableLoader(threads: 1).load(path, name: "t",
                                                     discretion: discretion)
        }
    }

    /// A workbook or separated text: its content says which, and every cell is asked for.
    @Sendable private static func sheets(_ bytes: UnsafeBufferPointer<UInt8>) {
        load(bytes, as: "book") { path in
            for sheet in try SheetFile.read(path).sheets {
                for row in 0..<sheet.rowCount {
                    for column in 0..<sheet.columnCount { _ = sheet[row, column] }
                }
            }
            _ = try PlainTableLoader(threads: 1).load(path, name: "t",
                                                     discretion: discretion)
        }
    }

    @Sendable private static func lesson(_ bytes: UnsafeBufferPointer<UInt8>) {
        _ = try? LessonFile.lesson(SourceText(name: "lesson", text: read(bytes)), name: "lesson")
    }

    static func load(_ bytes: UnsafeBufferPointer<UInt8>, as name: String,
                             _ body: (String) throws -> Void) {
        let path = home + "/" + name
        guard FileManager.default.createFile(atPath: path, contents: Data(buffer: bytes)) else {
            return
        }
        do { try body(path) } catch let fault as Diagnostic {
            _ = fault.rendered(in: .zh)
        } catch let several as Diagnostics {
            _ = rendered(several.all, in: .en)
        } catch {}
    }

    // MARK: sessions

    nonisolated(unsafe) private static let bare = session()

    private static func session() -> Session {
        var preferences = Preferences(language: .en)
        (preferences.isQuiet, preferences.threads, preferences.writesFiles) = (true, 1, false)
        return Session(preferences: preferences, domain: domain,
                       output: SessionOutput(results: { _ in }, messages: { _ in }))
    }

    private static let books: Books? = {
        let session = Fuzz.session()
        let sample = ProcessInfo.processInfo.environment["MUSTER_FUZZ_SAMPLE"] ?? ""
        guard (try? session.load(sample)) != nil else { return nil }
        return session.books
    }()

    /// Over the sample, with nothing defined.
    static func loaded() -> Session {
        let session = Fuzz.session()
        if let books { session.exchange(books) }
        return session
    }
}
