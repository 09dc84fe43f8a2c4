import Foundation
import Glibc
import MusterDiagnostics
import MusterEngine
import MusterSQL
import MusterSpark
import MusterStore

extension Session {
    /// Spark over what an address names: the snapshots that were pushed into a folder, or else
    /// snapshots as they were exported. The latter are read as into memory, one after the other,
    /// and lie as Parquet in a folder of the driver's own while it runs.
    func sparkServer(at url: String, _ notice: @escaping @Sendable (Diagnostic) -> Void) throws
        -> SparkServer {
        let address = try SparkAddress(url, here: FileManager.default.currentDirectoryPath)
        let exported = try Self.exported(address)
        guard !exported.isEmpty else {
            return try SparkServer(address, SharedFiles.spark, notice: notice)
        }
        let server = try SparkServer(holdingFor: address, SharedFiles.spark,
                                     isCancelled: isInterrupted, notice: notice)
        let push = server.push(PushTerms(
            domain: environment.domain, isCancelled: isInterrupted,
            progress: { [line = console.progress] in line?.count($0, $1) }))
        for path in exported {
            let (snapshot, data) = try read(path)
            for line in summary(of: snapshot) { say(line) }
            let own = Environment(domain: environment.domain, registry: environment.registry,
                                  dataSets: [data])
            let run = Run(own, threads: preferences.threads, limits: preferences.limits,
                          isCancelled: isInterrupted)
            _ = try following(Message(zh: "转为 Parquet \(path)", en: "\(path) as Parquet")) {
                try push.push(snapshot) {
                    try environment.domain.entities.compactMap { entity in
                        try data.prepare(entity.name, run)
                        return data.table(entity.name)
                    }
                }
            }
        }
        return server
    }

    /// The snapshots that are no pushed ones: what a pattern matches, or the one that is named.
    private static func exported(_ address: SparkAddress) throws -> [String] {
        let files = FileManager.default
        let isPattern = address.path.contains { "*?[".contains($0) }
        guard isPattern, !files.fileExists(atPath: address.path) else {
            var isFolder: ObjCBool = false
            guard files.fileExists(atPath: address.path, isDirectory: &isFolder) else { return [] }
            let isExported = !isFolder.boolValue
                || files.fileExists(atPath: address.path + "/manifest.json")
            return isExported ? [address.path] : []
        }
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(address.path, 0, nil, &found) == 0 else {
            throw Diagnostic("spark.pattern", Message(
                zh: "没有与 \(address.shown) 相符的快照", en: "no snapshot matches \(address.shown)"),
                hint: Message(zh: "请核对文件夹；* 代表任意文字",
                              en: "see to the folder; * stands for any text"))
        }
        return (0..<Int(found.gl_pathc)).compactMap { place in
            found.gl_pathv[place].map { String(cString: $0) }
        }
    }
}
