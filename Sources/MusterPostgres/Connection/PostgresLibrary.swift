import CPostgres
import Glibc
import MusterDiagnostics

/// libpq, which is opened when a database is asked for and not before.
enum PostgresLibrary {
    static let usual = "libpq.so.5"

    /// Throws a `Diagnostic` where it is not there.
    static func open(_ name: String = usual) throws {
        guard let reason = muster_pq_open(name) else { return }
        throw Diagnostic("postgres.library", Message(
            zh: "PostgreSQL 的客户端库打不开（\(String(cString: reason))）",
            en: "PostgreSQL's client library cannot be opened (\(String(cString: reason)))"),
            hint: Message(zh: "请安装：apt-get install libpq5",
                          en: "install it: apt-get install libpq5"))
    }

    static func understands(_ url: String) -> Bool {
        var isSound = false
        free(muster_pq_url_value(url, "host", &isSound))
        return isSound
    }

    /// What a URL says of a keyword; nil where it says nothing.
    static func value(of keyword: String, in url: String) -> String? {
        var isSound = false
        guard let value = muster_pq_url_value(url, keyword, &isSound) else { return nil }
        defer { free(value) }
        return String(cString: value)
    }
}
