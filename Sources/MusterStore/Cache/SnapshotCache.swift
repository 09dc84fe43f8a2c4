import Glibc
import MusterDiagnostics
import MusterFiles

/// The columns of snapshots, kept beside the files that they were read from, so that an unchanged
/// snapshot need not be read again.
///
/// A cache is the user's own (0600 in a folder of 0700), written aside, and believed only where
/// the program, the rules and every file are those that it was made with and the digest of each
/// part is right; safe to take away at any time.
package struct SnapshotCache: Sendable {
    /// What is to become of a snapshot that has none.
    package enum Making: Sendable {
        /// It stays without.
        case never
        /// One is made; where it cannot be, that is said.
        case usually
        /// One is made anew whatever there is; where it cannot be, that is a fault.
        case always
    }

    private let folder: String
    private let program: String
    private let making: Making
    /// Says what was found of a cache, from any thread.
    private let say: @Sendable (Message) -> Void
    /// Ends the program: what was begun with can be gone on with neither from the cache nor from
    /// the files.
    private let end: @Sendable (Diagnostic) -> Never

    /// - Parameters:
    ///   - folder: where all caches stand.
    ///   - program: the program's version and that of its data.
    package init(folder: String, program: String, making: Making,
                 say: @escaping @Sendable (Message) -> Void,
                 end: @escaping @Sendable (Diagnostic) -> Never) {
        self.folder = folder
        self.program = program
        self.making = making
        self.say = say
        self.end = end
    }

    /// Where caches stand: `$XDG_CACHE_HOME/muster/snapshots`, by default under `~/.cache`; nil
    /// without a home.
    package static var usualFolder: String? {
        func value(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        let cache = value("XDG_CACHE_HOME") ?? value("HOME").map { $0 + "/.cache" }
        return cache.map { $0 + "/muster/snapshots" }
    }

    /// The file of the cache of what stands at a path, and that path as all would write it; nil
    /// where nothing stands there.
    private func place(of path: String) -> (file: String, source: String)? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        let source = String(cString: real)
        return (folder + "/" + fingerprint128(Array(source.utf8)) + ".columns", source)
    }

    /// The program, its file and the rules by which rows are read.
    private func maker(_ schema: SnapshotSchema) -> String {
        var status = stat()
        let file = stat("/proc/self/exe", &status) == 0
            ? "\(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)" : ""
        return "\(program); \(file); \(fingerprint128(Array("\(schema)".utf8)))"
    }

    /// Takes the cache of a snapshot away.
    ///
    /// - Returns: whether there was one.
    /// - Throws: a `Diagnostic` where it stays.
    package func remove(_ path: String) throws(Diagnostic) -> Bool {
        guard let place = place(of: path) else { throw ByteSource.unreadable(path, errno) }
        switch PrivateFile.remove(place.file) {
        case 0: return true
        case ENOENT, ENOTDIR: return false
        case let code:
            throw Diagnostic("cache.remove", Message(
                zh: "无法删除数据缓存 \(place.file)：\(systemFault(code).zh)",
                en: "cannot remove the cache \(place.file): \(systemFault(code).en)"))
        }
    }

    // MARK: loading

    /// Loads a snapshot from its cache, or from its files.
    func load(_ path: String, _ loader: SnapshotLoader) throws -> Snapshot {
        guard let place = place(of: path) else { return try loader.load(path) }
        do {
            if making != .always { return try opened(path, place, loader) }
        } catch let refusal as CacheRefusal {
            guard let reason = refusal.reason else {
                guard making != .never else { return try loader.load(path) }
                return try loadedAndKept(path, place, loader)
            }
            let snapshot = try loadedAndKept(path, place, loader)
            say(Message(zh: "\(path) 的数据缓存没有使用（\(reason.zh)），已从文件装载",
                        en: "the cache of \(path) was not used (\(reason.en)); the files were "
                            + "loaded"))
            return snapshot
        }
        return try loadedAndKept(path, place, loader)
    }

    private func opened(_ path: String, _ place: (file: String, source: String),
                        _ loader: SnapshotLoader) throws -> Snapshot {
        let cache = try CacheFile(place.file)
        let contents = cache.contents
        guard contents.maker == maker(loader.schema) else { throw CacheRefusal.otherMaker }
        let files = CacheSource.before(loader.files(of: place.source)).map(\.path)
        guard contents.sources.map(\.path) == files else {
            let isOther = contents.sources.first.map { !files.contains($0.path) } ?? true
            throw isOther ? CacheRefusal.otherSnapshot : CacheRefusal.changed
        }
        for source in contents.sources {
            guard try source.isUnchanged(since: contents.begun, loader.checkCancelled)
            else { throw CacheRefusal.changed }
        }
        // A stricter limit stops the load as it would without a cache.
        if contents.rejectCounts.values.contains(where: { $0 > loader.limits.rejects }) {
            return try loader.load(path)
        }
        guard let snapshot = CachedSnapshot(
            cache, path: path, load: { [loader] in try loader.unstoppable.load(path) },
            damaged: { [say] in
                _ = PrivateFile.remove(place.file)
                say(Message(zh: "\(path) 的数据缓存已损坏，改从文件装载",
                            en: "the cache of \(path) is damaged; the files are loaded instead"))
            }, end: end).snapshot else { throw CacheRefusal.damaged }
        return snapshot
    }

    private func loadedAndKept(_ path: String, _ place: (file: String, source: String),
                               _ loader: SnapshotLoader) throws -> Snapshot {
        let begun = time(nil)
        let before = CacheSource.before(loader.files(of: place.source))
        let snapshot = try loader.load(path)
        do {
            var sources: [CacheSource] = []
            for (file, stamp) in before {
                guard let source = try CacheSource(file, before: stamp, loader.checkCancelled)
                else { return snapshot }
                sources.append(source)
            }
            try keep(snapshot, in: place.file, begun: begun, sources, loader)
        } catch let fault as Diagnostic
            where making != .always && fault.code != BlockFlow.cancelled.code {
            say(Message(zh: "没有留下 \(path) 的数据缓存：\(fault.message.zh)",
                        en: "no cache of \(path) was made: \(fault.message.en)"))
        }
        return snapshot
    }

    private func keep(_ snapshot: Snapshot, in file: String, begun: Int, _ sources: [CacheSource],
                      _ loader: SnapshotLoader) throws {
        let code = PrivateFile.closeFolder(above: file)
        guard code == 0 else {
            throw Diagnostic(Diagnostic.code("cache.folder", code), Message(
                zh: "文件夹 \(folder) 不可用：\(systemFault(code).zh)",
                en: "the folder \(folder) cannot be used: \(systemFault(code).en)"))
        }
        do {
            try CacheWriter(snapshot) { () throws(Diagnostic) in
                if loader.cancelled() { throw BlockFlow.cancelled }
            }.write(try FilePolicy.own.place(file), maker: maker(loader.schema), begun: begun,
                    sources)
        } catch let fault as Diagnostic where fault.code == "file.exists" {
            // Another process made it meanwhile.
            return
        }
    }
}

extension SnapshotLoader {
    /// Loads the folder or document at a path, from its cache where that is sound. The result is
    /// the same. Throws a `Diagnostic`.
    package func load(_ path: String, _ cache: SnapshotCache) throws -> Snapshot {
        try cache.load(path, self)
    }

    func checkCancelled() throws {
        if cancelled() { throw BlockFlow.cancelled }
    }

    /// The same, which goes on to its end.
    fileprivate var unstoppable: SnapshotLoader {
        SnapshotLoader(schema: schema, discretion: discretion, threads: threads,
                       blockSize: blockSize, limits: limits)
    }
}
