import Foundation
import Glibc
import MusterDiagnostics
import Synchronization
import Testing
@testable import MusterStore

/// A snapshot and its cache, in a folder of their own.
private final class CachedBooks: Sendable {
    let folder: TemporaryFolder
    let snapshot: String
    let caches: String
    private let messages = Mutex<[String]>([])

    init(_ books: Books = CachedBooks.books) throws {
        folder = try TemporaryFolder()
        snapshot = folder.file("snap")
        caches = folder.file("caches")
        try FileManager.default.createDirectory(atPath: snapshot, withIntermediateDirectories: true)
        try write(books)
    }

    /// Rows of every type, some turned away, one rounded, and a column of the file's own.
    static var books: Books {
        var books = Books()
        books.members += [
            #"{"id": "M3", "name": "赵", "unit": "9", "id_number": "110101199902280010"}"#,
            #"{"id": "M4", "name": "", "unit": "2", "stars": 5, "height": 1.75, "club": "围棋"}"#,
            #"{"id": "M5", "name": "钱", "unit": "2", "height": 1.8, "guardian": "赵钱"}"#,
        ]
        books.service?.append(#"{"member": "M5", "hours": 1.255}"#)
        return books
    }

    func write(_ books: Books) throws {
        let other = try TemporaryFolder()
        try books.write(to: other)
        for name in try FileManager.default.contentsOfDirectory(atPath: other.path) {
            try? FileManager.default.removeItem(atPath: snapshot + "/" + name)
            try FileManager.default.copyItem(atPath: other.file(name),
                                             toPath: snapshot + "/" + name)
        }
    }

    func load(_ making: SnapshotCache.Making = .usually, threads: Int = 2, limits: Limits = Limits(),
              program: String = "test") throws -> Snapshot {
        let cache = SnapshotCache(
            folder: caches, program: program, making: making,
            say: { [self] message in messages.withLock { $0.append(message.en) } },
            end: { preconditionFailure($0.message.en) })
        return try SnapshotLoader(schema: testSchema, threads: threads, limits: limits)
            .load(snapshot, cache)
    }

    /// The same from the files alone.
    func plain() throws -> Snapshot { try SnapshotLoader(schema: testSchema).load(snapshot) }

    /// What was said since the last call.
    func said() -> [String] {
        messages.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }

    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: caches)) ?? []).sorted()
    }

    var file: String { caches + "/" + (names.first ?? "none") }

    func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: file))) }

    /// Puts other bytes in the cache's place.
    func put(_ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        chmod(file, 0o600)
    }
}

private func all(_ snapshot: Snapshot) -> [String] {
    contents(snapshot) + ["\(snapshot.rejects)", snapshot.fingerprint, snapshot.path]
        + snapshot.tables.values.sorted { $0.name < $1.name }.map { "\($0.hidden.sorted())" }
}

@Suite("The cache of a snapshot's columns")
struct SnapshotCacheTests {
    @Test("What is opened from a cache is what the files hold", arguments: [1, 2])
    func same(_ threads: Int) throws {
        let books = try CachedBooks()
        let plain = all(try books.plain())
        #expect(plain.contains { $0.contains("unknown reference") }, "\(plain)")
        #expect(all(try books.load(threads: threads)) == plain)
        #expect(books.names.count == 1)
        let before = try books.bytes()
        #expect(all(try books.load(.never, threads: threads)) == plain)
        #expect(try books.bytes() == before)
        #expect(books.said().isEmpty)
    }

    @Test("A single document has one too, and rows packed or in no order are the same")
    func document() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("books.json", CachedBooks.books.document)
        let cache = SnapshotCache(folder: folder.file("caches"), program: "test", making: .usually,
                                  say: { Issue.record("\($0.en)") },
                                  end: { preconditionFailure($0.message.en) })
        let loader = SnapshotLoader(schema: testSchema)
        let plain = all(try loader.load(path))
        #expect(all(try loader.load(path, cache)) == plain)
        #expect(all(try loader.load(path, cache)) == plain)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("caches")).count == 1)
    }

    @Test("None is made unless it is asked for, and one that is taken away is not missed")
    func making() throws {
        let books = try CachedBooks()
        _ = try books.load(.never)
        #expect(books.names.isEmpty)
        _ = try books.load(.always)
        #expect(books.names.count == 1)
        let cache = SnapshotCache(folder: books.caches, program: "test", making: .never,
                                  say: { _ in }, end: { preconditionFailure($0.message.en) })
        #expect(try cache.remove(books.snapshot))
        #expect(try !cache.remove(books.snapshot))
        #expect(books.names.isEmpty)
        #expect(all(try books.load(.never)) == all(try books.plain()))
        #expect(books.said().isEmpty)
    }

    @Test("It is its owner's alone, whatever the user's mask, and one that is not is made anew")
    func modes() throws {
        let books = try CachedBooks()
        _ = try books.load()
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(books.file) == 0o600)
        #expect(try mode(books.caches) == 0o700)
        for (path, open, closed) in [(books.file, 0o644, 0o600), (books.file, 0o660, 0o600),
                                     (books.caches, 0o755, 0o700)] {
            chmod(path, mode_t(open))
            let plain = all(try books.plain())
            #expect(all(try books.load(.never)) == plain)
            #expect(books.said().count == 1, "\(open)")
            #expect(try mode(path) == closed)
            #expect(all(try books.load(.never)) == plain)
            #expect(books.said().isEmpty)
        }
        // What a link leads to is neither read nor changed.
        let elsewhere = books.folder.file("elsewhere")
        try FileManager.default.moveItem(atPath: books.file, toPath: elsewhere)
        let name = books.caches + "/" + SnapshotCacheTests.name(of: books)
        symlink(elsewhere, name)
        let before = try Data(contentsOf: URL(fileURLWithPath: elsewhere))
        #expect(all(try books.load(.never)) == all(try books.plain()))
        #expect(books.said().contains { $0.contains("others may read") })
        #expect(try Data(contentsOf: URL(fileURLWithPath: elsewhere)) == before)
    }

    private static func name(of books: CachedBooks) -> String {
        let real = realpath(books.snapshot, nil)
        defer { free(real) }
        return fingerprint128(Array(String(cString: real!).utf8)) + ".columns"
    }

    @Test("Files that were changed are read anew, and the cache with them", arguments: [
        "members.ndjson", "manifest.json", "service.ndjson",
    ])
    func changed(_ name: String) throws {
        let books = try CachedBooks()
        let former = all(try books.load())
        let path = books.snapshot + "/" + name
        var text = try String(contentsOfFile: path, encoding: .utf8)
        // As long as before, and within the same second.
        text = text.replacing("2015-12-31", with: "2015-12-30").replacing("王伟", with: "王芳")
            .replacing("2.5", with: "3.5")
        let times = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
        try FileManager.default.setAttributes([.modificationDate: times as Any],
                                              ofItemAtPath: path)
        let now = all(try books.plain())
        #expect(now != former)
        #expect(all(try books.load(.never)) == now)
        #expect(books.said().contains { $0.contains("were changed") })
        #expect(all(try books.load(.never)) == now)
        #expect(books.said().isEmpty)
    }

    @Test("Files only touched, a table that came and one that went")
    func touched() throws {
        let books = try CachedBooks()
        let plain = all(try books.load())
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 0)],
                                              ofItemAtPath: books.snapshot + "/units.ndjson")
        let before = try books.bytes()
        #expect(all(try books.load(.never)) == plain)
        #expect(books.said().isEmpty)
        #expect(try books.bytes() == before)
        try FileManager.default.removeItem(atPath: books.snapshot + "/service.ndjson")
        #expect(try books.load(.never).tables["service"]?.rowCount == 0)
        #expect(books.said().count == 1)
        try books.write(CachedBooks.books)
        #expect(all(try books.load(.never)) == plain)
        #expect(books.said().count == 1)
        // What failed loudly still does.
        try FileManager.default.removeItem(atPath: books.snapshot + "/units.ndjson")
        #expect(refusal { try books.load(.never) }?.code == "snapshot.no-table")
    }

    @Test("Another program, version or order of bytes makes its own")
    func versions() throws {
        let books = try CachedBooks()
        let plain = all(try books.load())
        #expect(all(try books.load(.never, program: "other")) == plain)
        #expect(books.said().contains { $0.contains("another version") })
        for place in [8, 12] {
            var bytes = try books.bytes()
            bytes[place] &+= 1
            try books.put(bytes)
            #expect(all(try books.load(.never, program: "other")) == plain)
            #expect(books.said().contains { $0.contains("another version") }, "\(place)")
        }
    }

    @Test("The cache of another snapshot is noticed")
    func other() throws {
        let (one, two) = (try CachedBooks(), try CachedBooks(Books()))
        _ = (try one.load(), try two.load())
        try one.put(try two.bytes())
        #expect(all(try one.load(.never)) == all(try one.plain()))
        #expect(one.said().contains { $0.contains("another snapshot") })
    }

    @Test("A limit on faulty rows stops the load as it does without a cache")
    func limits() throws {
        let books = try CachedBooks()
        _ = try books.load()
        var limits = Limits()
        limits.rejects = 1
        #expect(refusal { try books.load(.never, limits: limits) }?.code == "limit.rejects")
    }
}

@Suite("Damaged caches")
struct DamagedCacheTests {
    @Test("Every byte that is not what was written is noticed, said once, and made good")
    func flipped() throws {
        let books = try CachedBooks()
        let plain = all(try books.load())
        let sound = try books.bytes()
        let contents = try CacheFile(books.file).contents
        let sections = contents.tables.flatMap { $0.columns.flatMap(\.sections) }
            + contents.tables.compactMap(\.roundedRows) + [contents.rejects]
        let base = CacheFile.base(contents: contents.bytes.count)
        // The head, the contents here and there, the first and last byte of every section.
        var places = Array(0..<CacheFile.headSize)
        places += stride(from: CacheFile.headSize, to: CacheFile.headSize + contents.bytes.count,
                         by: 97)
        for section in sections where section.count > 0 {
            places += [base + section.place, base + section.place + section.count - 1]
        }
        #expect(sections.count > 30)
        for place in places {
            var bytes = sound
            bytes[place] ^= 0x10
            try books.put(bytes)
            #expect(all(try books.load(.usually)) == plain, "byte \(place)")
            #expect(books.said().count == 1, "byte \(place)")
            #expect(all(try books.load(.usually)) == plain)
            #expect(books.said().isEmpty)
        }
    }

    @Test("A file that is cut, empty, longer, or nothing of the kind")
    func cut() throws {
        let books = try CachedBooks()
        let plain = all(try books.load())
        let sound = try books.bytes()
        let cuts = [0, 1, 8, 63, 64, 65, 200, sound.count / 2, sound.count - 1]
        for bytes in cuts.map({ Array(sound.prefix($0)) }) + [sound + [0], Array("{}".utf8)] {
            try books.put(bytes)
            #expect(all(try books.load(.never)) == plain, "\(bytes.count) bytes")
            #expect(books.said().count == 1, "\(bytes.count) bytes")
        }
    }

    @Test("A column that is damaged when it is first asked for comes from the files")
    func later() throws {
        let books = try CachedBooks()
        let plain = all(try books.load())
        let snapshot = try books.load(.never)
        // Already open: the same file, cut.
        #expect(truncate(books.file, 4096) == 0)
        #expect(all(snapshot) == plain)
        #expect(books.said().count == 1)
        #expect(books.names.isEmpty)
    }

    @Test("An open cache is the file that was opened, whatever comes to stand in its place")
    func replaced() throws {
        let books = try CachedBooks()
        let plain = all(try books.load())
        let snapshot = try books.load(.never)
        try FileManager.default.removeItem(atPath: books.file)
        #expect(all(snapshot) == plain)
        #expect(books.said().isEmpty)
    }

    @Test("What was signed anew is caught by what it says")
    func forged() throws {
        let books = try CachedBooks()
        _ = try books.load()
        let sound = try books.bytes()
        let contents = try CacheFile(books.file).contents
        let sections = ForgedCache.sections(of: sound, contents)
        #expect(ForgedCache.signed(contents, sections) == sound)
        var numbers = Numbers(state: 7)
        var refused = 0
        for _ in 0..<500 {
            var changed = sections
            for _ in 0..<4 {
                changed[Int.random(in: changed.indices, using: &numbers)]
                    = UInt8.random(in: 0...255, using: &numbers)
            }
            try books.put(ForgedCache.signed(contents, changed))
            let columns = try #require(ForgedCache.everything(books.file))
            refused += columns.count { $0 == nil }
            for case .text(let codes, let texts)? in columns {
                for code in codes where code >= 0 { _ = texts[code] }
            }
        }
        #expect(refused > 0)
        var bytes = contents.bytes
        for _ in 0..<500 {
            bytes[Int.random(in: bytes.indices, using: &numbers)]
                = UInt8.random(in: 0...255, using: &numbers)
            try books.put(ForgedCache.file(contents: bytes, sections: sections))
            _ = ForgedCache.everything(books.file)
        }
    }

    @Test("Where none can be written the snapshot is loaded, and that is said; else it is a fault")
    func unwritable() throws {
        let books = try CachedBooks()
        // A file where the folder should be.
        try Data().write(to: URL(fileURLWithPath: books.caches))
        let plain = all(try books.plain())
        #expect(all(try books.load(.usually)) == plain)
        #expect(books.said().count == 1)
        #expect(throws: Diagnostic.self) { try books.load(.always) }
    }

    @Test("A load that is stopped leaves nothing")
    func stopped() throws {
        let books = try CachedBooks()
        let counted = Calls()
        _ = try SnapshotLoader(schema: testSchema, threads: 1, cancelled: {
            _ = counted.next()
            return false
        }).load(books.snapshot)
        let whole = counted.count
        var (kept, loaded) = (0, 0)
        for stop in stride(from: 1, to: whole + 240, by: 3) {
            let cache = SnapshotCache(folder: books.caches, program: "test", making: .usually,
                                      say: { Issue.record("\($0.en)") },
                                      end: { preconditionFailure($0.message.en) })
            let calls = Calls()
            let loader = SnapshotLoader(schema: testSchema, threads: 1,
                                        cancelled: { calls.next() >= stop })
            do {
                _ = try loader.load(books.snapshot, cache)
                kept += books.names.count
            } catch let fault as Diagnostic {
                #expect(fault.code == "load.cancelled")
                loaded += calls.count > whole ? 1 : 0
                #expect(books.names.isEmpty, "\(stop)")
            }
            try? FileManager.default.removeItem(atPath: books.caches)
        }
        #expect(kept > 0 && loaded > 10, "\(kept) kept, \(loaded) stopped while they were written")
    }

    private final class Calls: Sendable {
        private let counted = Mutex(0)
        var count: Int { counted.withLock { $0 } }

        func next() -> Int {
            counted.withLock { count in
                count += 1
                return count
            }
        }
    }
}
