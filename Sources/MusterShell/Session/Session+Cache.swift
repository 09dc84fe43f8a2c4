import Foundation
import MusterDiagnostics
import MusterStore
import Synchronization

extension Session {
    /// Loads a snapshot from its cache where that is sound.
    func load(_ path: String, _ loader: SnapshotLoader, _ making: SnapshotCache.Making) throws
        -> Snapshot {
        let voice = CacheVoice(preferences.language, isQuiet: preferences.isQuiet)
        guard let cache = cache(making, voice) else {
            if making == .always { throw Self.noHome }
            return try loader.load(path)
        }
        defer { for message in voice.release() { say(message) } }
        return try loader.load(path, cache)
    }

    /// Makes the cache of a snapshot anew.
    ///
    /// - Throws: where it cannot be loaded or the cache cannot be written.
    func makeCache(of path: String) throws -> Snapshot {
        try read(path, making: .always).0
    }

    /// Takes the cache of a snapshot away. Returns whether there was one.
    func removeCache(of path: String) throws -> Bool {
        guard let cache = cache(.never, CacheVoice(preferences.language, isQuiet: true))
        else { throw Self.noHome }
        return try cache.remove(SharedFiles.sample(path) ?? path)
    }

    /// The user's caches; nil where there is no place for them.
    private func cache(_ making: SnapshotCache.Making, _ voice: CacheVoice) -> SnapshotCache? {
        SnapshotCache.usualFolder.map { folder in
            SnapshotCache(folder: folder, program: CommandLineTool.version(environment.domain),
                          making: making, say: voice.say, end: voice.end)
        }
    }

    private static var noHome: Diagnostic {
        Diagnostic("cache.home", Message(
            zh: "不知道数据缓存放在哪里：没有设 HOME 和 XDG_CACHE_HOME",
            en: "there is no place for caches: neither HOME nor XDG_CACHE_HOME is set"))
    }
}

/// Says what is found of a cache: to the session while it loads, later, from whatever thread reads
/// a column, to standard errors.
private final class CacheVoice: Sendable {
    private let language: Language
    private let isQuiet: Bool
    private let kept = Mutex<[Message]?>([])

    init(_ language: Language, isQuiet: Bool) {
        self.language = language
        self.isQuiet = isQuiet
    }

    @Sendable func say(_ message: Message) {
        let isKept = kept.withLock { kept in
            kept?.append(message)
            return kept != nil
        }
        if !isKept, !isQuiet { Self.put(message[language]) }
    }

    /// What was said until now; from now on all is said at once.
    func release() -> [Message] {
        kept.withLock { kept in
            defer { kept = nil }
            return kept ?? []
        }
    }

    @Sendable func end(_ fault: Diagnostic) -> Never {
        Self.put(fault.rendered(in: language))
        exit(3)
    }

    private static func put(_ text: String) {
        CommandLineTool.put(visibleLines(text) + "\n", to: Terminal.errors)
    }
}
