import Foundation
import MusterBinding
import MusterDiagnostics
import MusterEngine
import MusterLeague
import MusterStore
import Testing
@testable import MusterShell

/// The saved statistics over a snapshot that came from its cache, and the program that keeps it.
@Suite("A snapshot opened from its cache")
struct CacheTests {
    private final class Caches {
        let folder = FileManager.default.temporaryDirectory.path + "/muster-caches-"
            + UUID().uuidString

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func load(_ path: String, _ domain: Domain, threads: Int) throws -> Snapshot {
            let cache = SnapshotCache(folder: folder, program: "test", making: .usually,
                                      say: { Issue.record("\($0.en)") },
                                      end: { preconditionFailure($0.message.en) })
            return try SnapshotLoader(schema: domain.schema, discretion: domain.discretion,
                                      threads: threads).load(path, cache)
        }
    }

    private static var statistics: [String] {
        let folder = SessionFixture.top.appending(path: "scripts/statistics").path
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasSuffix(".muster") }.sorted().map { folder + "/" + $0 }
    }

    /// The bytes of every statistic as csv, with what was said beside it.
    private func figures(_ snapshot: Snapshot, threads: Int) throws -> [String: [UInt8]] {
        let fixture = try SessionFixture(nil, format: "csv", threads: threads)
        fixture.session.change(.load(DataSet(snapshot, domain: League.domain())))
        var figures: [String: [UInt8]] = [:]
        for path in Self.statistics {
            let (bytes, messages) = fixture.put("run \"\(path)\"")
            figures[path] = bytes + Array(messages.utf8)
        }
        figures["summary"] = Array(fixture.session.summary(of: snapshot)
            .map { $0.en + $0.zh }.joined().utf8)
        for text in ["validate", "rejects", "set privacy strict", "people", "set publish 3",
                     "members | count by unit.district"] {
            let (bytes, messages) = fixture.put(text)
            figures[text] = bytes + Array(messages.utf8)
        }
        return figures
    }

    @Test("Every statistic has the same bytes", arguments: [1, 2])
    func statistics(_ threads: Int) throws {
        #expect(Self.statistics.count >= 20)
        let (domain, caches) = (League.domain(), Caches())
        let path = SessionFixture.top.appending(path: "samples/small").path
        let loader = SnapshotLoader(schema: domain.schema, discretion: domain.discretion,
                                    threads: threads)
        let plain = try figures(try loader.load(path), threads: threads)
        let first = try figures(try caches.load(path, domain, threads: threads), threads: threads)
        let second = try figures(try caches.load(path, domain, threads: threads), threads: threads)
        for (name, bytes) in plain {
            #expect(first[name] == bytes, "made: \(name)")
            #expect(second[name] == bytes, "opened: \(name)")
        }
        #expect(plain.count > 20)
    }

    @Test("muster cache makes it, whatever is loaded then uses it, --remove takes it away")
    func program() throws {
        let caches = "$HOME/.cache/muster/snapshots"
        let outcome = try MachineTests.run("""
            $M run progress --format csv snap > plain 2> said-plain
            $M cache snap || exit 9
            stat -c %a \(caches) \(caches)/*.columns > modes
            $M run progress --format csv snap > cached 2> said-cached
            cmp plain cached && cmp said-plain said-cached || exit 8
            $M run progress --format csv --no-cache snap | cmp - plain || exit 7
            printf x | dd of=$(ls \(caches)/*) bs=1 seek=5000 conv=notrunc 2> /dev/null
            $M run progress --format csv snap > cached 2> said-damaged
            cmp plain cached || exit 6
            $M cache --remove snap || exit 5
            ls \(caches) > left
            $M cache --remove snap
            """) { folder in
            func text(_ name: String) throws -> String {
                try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            }
            let (modes, left) = (try text("modes"), try text("left"))
            #expect(modes == "700\n600\n")
            #expect(left.isEmpty)
        }
        #expect(outcome.status == 0, "\(outcome.said)")
        #expect(outcome.said.contains("removed the cache"))
        #expect(outcome.said.contains("has no cache"))
    }

    @Test("After set cache on a load makes one; no script may say so")
    func setting() throws {
        let outcome = try MachineTests.run("""
            printf 'set cache on\\n' > s.muster
            $M run s.muster snap 2> refused && exit 9
            grep -q 'may not change' refused || exit 8
            $M -c 'set cache on; load "snap"; members | count' --quiet > one || exit 7
            test $(ls $HOME/.cache/muster/snapshots | wc -l) = 1 || exit 6
            """)
        #expect(outcome.status == 0, "\(outcome.said)")
    }

    @Test("Two programs at once make and use one, and have the same figures")
    func together() throws {
        let outcome = try MachineTests.run("""
            $M run progress --format csv snap > plain
            for n in 1 2 3 4; do
                $M cache snap --quiet & made=$!
                $M run progress --format csv --quiet snap > a & first=$!
                $M run progress --format csv --quiet snap > b || exit 9
                wait $made || exit 8
                wait $first || exit 7
                cmp a plain && cmp b plain || exit 6
            done
            test $(ls -A $HOME/.cache/muster/snapshots | wc -l) = 1 || exit 5
            """)
        #expect(outcome.status == 0, "\(outcome.said)")
    }

    @Test("A full disk or an interruption leaves the snapshot loaded or nothing at all")
    func fullDisk() throws {
        let outcome = try MachineTests.run("""
            ( ulimit -f 1; $M cache snap ) && exit 9
            test -z "$(ls -A $HOME/.cache/muster/snapshots)" || exit 8
            ( ulimit -f 1; $M -c 'set cache on; load "snap"; members | count' > /dev/null ) || exit 7
            test -z "$(ls -A $HOME/.cache/muster/snapshots)" || exit 6
            """)
        #expect(outcome.status == 0, "\(outcome.said)")
        #expect(outcome.said.contains("no cache of snap was made"))
    }
}
