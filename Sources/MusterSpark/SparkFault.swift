import Glibc
import MusterBinding
import MusterDiagnostics
import MusterSQL

/// What the driver could not do, as a fault with a way out.
struct SparkFault: Error {
    /// Spark's error class, or one of the driver's own words.
    let kind: String
    /// SQLSTATE, or nothing.
    let state: String
    /// What Spark or the system says; values of the books may stand in it.
    let text: String

    var diagnostic: Diagnostic {
        switch (kind, state) {
        case ("interrupted", _): return .interrupted
        case ("pyspark", _):
            return fault("spark.pyspark", "没有安装 pyspark", "pyspark is not installed", Self.setup)
        case ("java", _):
            return fault("spark.java", "没有可用的 Java", "there is no usable Java", Self.setup)
        case ("start", _):
            return fault("spark.start", "Spark 没有启动", "Spark did not start", Message(
                zh: "请检查 SPARK_CONF_DIR 里的设置和 Java 的版本（至少 17）",
                en: "see to the settings in SPARK_CONF_DIR, and that Java is 17 or later"))
        case ("folder", _):
            return fault("spark.folder", "文件夹不能用", "the folder cannot be used", Message(
                zh: "请核对名字和权限；先用 muster push 快照 --on spark:文件夹 存入",
                en: "see to its name and rights; muster push SNAPSHOT --on spark:FOLDER puts a "
                    + "snapshot there"))
        case ("busy", _):
            return fault("spark.busy", "另一个程序正在向这个文件夹存入",
                         "another program is pushing into the folder",
                         Message(zh: "请等它结束再试", en: "wait until it is through"))
        case (_, "22003"), (_, "22008"): return .overflow
        case (_, "42P01"), (_, "42703"), ("FAILED_READ_FILE", _), (_, "KD001"):
            return fault("spark.gone", "所需的文件或列不在",
                         "files or columns that are needed are not there",
                         PushedSnapshot.mayBeGone, said: kind)
        default:
            let name = kind + (state.isEmpty ? "" : " " + state)
            return fault("spark.statement", "Spark 报告错误", "Spark reports an error", Message(
                zh: "请核对 Spark 的版本（4）和资源；仍不行，请把这条信息报告给维护者",
                en: "see to Spark's version (4) and resources; if it stays, report this message"),
                         said: name)
        }
    }

    /// - Parameter said: what stands behind it; usually the first line of the text.
    private func fault(_ code: String, _ zh: String, _ en: String, _ hint: Message,
                       said: String? = nil) -> Diagnostic {
        let said = said ?? String(text.split(separator: "\n").first ?? "")
        return Diagnostic(code, Message(zh: "\(zh)（\(said)）", en: "\(en) (\(said))"), hint: hint)
    }

    private static let setup = Message(
        zh: "请运行 scripts/setup --spark（需要 Java 17 和 pyspark）；已装的用 JAVA_HOME、PYSPARK_PYTHON 指明",
        en: "run scripts/setup --spark (Java 17 and pyspark); where they are installed, JAVA_HOME "
            + "and PYSPARK_PYTHON say where")

    /// Where the driver's process could not be made.
    static func notStarted(_ number: Int32, _ program: SparkProgram) -> Diagnostic {
        let reason = String(cString: strerror(number))
        return Diagnostic("spark.python", Message(
            zh: "不能运行 \(program.python)（\(reason)）",
            en: "\(program.python) cannot be run (\(reason))"), hint: setup)
    }

    /// Whether Spark could not start at all, so that the driver is of no use.
    var isOfStart: Bool { ["pyspark", "java", "start"].contains(kind) }

    /// Where it ended twice in the middle of things.
    static let lost = Diagnostic("spark.lost", Message(
        zh: "Spark 的驱动程序又中断了", en: "Spark's driver ended again in the middle of things"),
        hint: Message(zh: "可能内存不够：请在 SPARK_CONF_DIR 的 spark-defaults.conf 里设 "
                        + "spark.driver.memory；再查询时会重新启动",
                      en: "it may lack memory: set spark.driver.memory in spark-defaults.conf in "
                        + "SPARK_CONF_DIR; the next query starts it anew"))

    static let regained = Diagnostic("spark.regained", Message(
        zh: "Spark 的驱动程序曾中断，已重新启动", en: "Spark's driver had ended and has been "
            + "started anew"), severity: .note)

    /// Where the driver's file is not to be found.
    static let missing = Diagnostic("spark.driver", Message(
        zh: "找不到 Spark 的驱动程序 spark/driver.py", en: "Spark's driver, spark/driver.py, is "
            + "not to be found"),
        hint: Message(zh: "请重新安装，或用 MUSTER_SPARK 指明它的文件夹",
                      en: "install again, or name its folder in MUSTER_SPARK"))
}
