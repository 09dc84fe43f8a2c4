import Glibc

/// What is started to answer over Spark.
package struct SparkProgram: Sendable, Hashable {
    /// The file of the driver.
    let driver: String
    /// The Python that runs it.
    let python: String
    /// The variables that it is given.
    let environment: [String: String]

    /// - Parameters:
    ///   - folders: where the driver may be, the first that has it.
    ///   - environment: the process's own variables.
    package init?(folders: [String], environment: [String: String]) {
        guard let driver = folders.map({ $0 + "/driver.py" }).first(where: {
            access($0, R_OK) == 0
        }) else { return nil }
        self.driver = driver
        self.environment = environment
        python = Self.python(environment)
    }

    /// The one that Spark is told to use, else the one that `scripts/setup --spark` made, else the
    /// system's.
    private static func python(_ environment: [String: String]) -> String {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        if let named = value("PYSPARK_PYTHON") { return named }
        let cache = value("XDG_CACHE_HOME") ?? value("HOME").map { $0 + "/.cache" }
        if let own = cache.map({ $0 + "/muster/spark/bin/python3" }), access(own, X_OK) == 0 {
            return own
        }
        return "python3"
    }
}
