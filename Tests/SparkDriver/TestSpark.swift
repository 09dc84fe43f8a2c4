import Foundation
import Glibc
import MusterSpark
import Synchronization

/// What Spark needs for the tests: where it is installed, settings for small books, and a folder
/// of the process's own that is taken away when it ends.
public enum TestSpark {
    /// Whether tests that need it are to be run: where it is installed, and where it is demanded.
    public static var isWanted: Bool { isDemanded || wish != "none" && isInstalled }

    public static var isDemanded: Bool { wish != nil && wish != "none" }

    /// `1` demands them, `none` leaves them out.
    private static var wish: String? {
        ProcessInfo.processInfo.environment["MUSTER_TEST_ENGINES"]
    }

    /// What is said where they are left out.
    public static let absence = "Spark is not installed: scripts/setup --spark"

    private static let isInstalled: Bool = {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "") + "/.cache"
        let python = environment["PYSPARK_PYTHON"] ?? cache + "/muster/spark/bin/python3"
        let java = environment["JAVA_HOME"].map { $0 + "/bin/java" } ?? "/usr/bin/java"
        return [python, java].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// The folder of the driver in the sources.
    public static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "scripts/spark").path

    /// What is started, with settings for books of a few rows.
    package static var program: SparkProgram? { program(with: [:]) }

    /// The same with some other variables.
    package static func program(with changes: [String: String]) -> SparkProgram? {
        let environment = ProcessInfo.processInfo.environment
            .merging(["SPARK_CONF_DIR": usualFolder]) { $1 }.merging(changes) { $1 }
        return SparkProgram(folders: [scripts], environment: environment)
    }

    private static let usualFolder = configuration(usual)

    /// Compiling takes longer than going through some rows.
    private static let usual = """
        spark.sql.shuffle.partitions 1
        spark.sql.codegen.wholeStage false
        spark.sql.codegen.factoryMode NO_CODEGEN
        """

    /// A folder with settings for Spark.
    public static func configuration(_ settings: String) -> String {
        let folder = newFolder()
        try? (settings + "\n").write(toFile: folder + "/spark-defaults.conf", atomically: true,
                                     encoding: .utf8)
        return folder
    }

    private static let place: String = {
        let place = "/tmp/muster-spark-tests-\(getpid())"
        try? FileManager.default.createDirectory(atPath: place,
                                                 withIntermediateDirectories: true)
        atexit { try? FileManager.default.removeItem(atPath: TestSpark.place) }
        return place
    }()

    /// A new, empty folder.
    public static func newFolder() -> String {
        let folder = place + "/" + String(UInt64.random(in: 0 ... .max), radix: 36)
        try? FileManager.default.createDirectory(atPath: folder,
                                                 withIntermediateDirectories: true)
        return folder
    }
}
