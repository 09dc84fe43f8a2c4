import Foundation
import Glibc
import MusterDiagnostics
@testable import MusterStore

/// The cache of a snapshot's columns.
extension Fuzz {
    /// The bytes of the cache of the small sample, and what it says.
    private static let sound: (bytes: [UInt8], contents: CacheContents)? = {
        let folder = home + "/caches"
        let sample = ProcessInfo.processInfo.environment["MUSTER_FUZZ_SAMPLE"] ?? ""
        let cache = SnapshotCache(folder: folder, program: "fuzz", making: .always,
                                  say: { _ in }, end: { preconditionFailure($0.message.en) })
        let loader = SnapshotLoader(schema: domain.schema, discretion: domain.discretion,
                                    threads: 1)
        guard (try? loader.load(sample, cache)) != nil,
              let name = try? FileManager.default.contentsOfDirectory(atPath: folder).first,
              let bytes = FileManager.default.contents(atPath: folder + "/" + name),
              let file = try? CacheFile(folder + "/" + name) else { return nil }
        return (Array(bytes), file.contents)
    }()

    /// The first byte says what the rest is: a file, its contents, or changes to the values of a
    /// sound one (three bytes where, one what), signed anew. Every column is read; one that is
    /// given can be read to its end.
    @Sendable static func cache(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let sound, let first = bytes.first else { return }
        let rest = Array(bytes.dropFirst())
        let sections = ForgedCache.sections(of: sound.bytes, sound.contents)
        let file = switch first % 3 {
        case 0: rest
        case 1: ForgedCache.file(contents: rest, sections: sections)
        default: ForgedCache.signed(sound.contents, changed(sections, rest))
        }
        let path = home + "/caches/tried"
        umask(0o077)
        guard FileManager.default.createFile(atPath: path, contents: Data(file)) else { return }
        for case let column? in ForgedCache.everything(path) ?? [] {
            switch column {
            case .text(let codes, let texts):
                for code in Set(codes) where code >= 0 { _ = texts[code] }
            default: _ = column.hasValues
            }
        }
    }

    private static func changed(_ sections: [UInt8], _ changes: [UInt8]) -> [UInt8] {
        var sections = sections
        for start in stride(from: 0, to: changes.count - changes.count % 4, by: 4) {
            let place = (Int(changes[start]) << 16 | Int(changes[start + 1]) << 8
                | Int(changes[start + 2])) % max(1, sections.count)
            sections[place] = changes[start + 3]
        }
        return sections
    }
}
