import Foundation
import Glibc
import MusterBinding
import MusterDiagnostics
import MusterFiles

/// The file that says who looked at what is hidden: a line of JSON an entry, for its owner alone,
/// only added to. What is to be shown is not shown where it cannot be written.
struct AuditTrail {
    struct Entry: Codable {
        enum Kind: String, Codable { case reveal, search, match }
        /// UTC, as in ISO 8601.
        let time: String
        let user: String
        let kind: Kind
        /// The fingerprints of the snapshots that were loaded, earliest first.
        let snapshots: [String]
        /// With numbers masked that must be hidden.
        let statement: String
        /// Nil for a search and a match.
        let reason: String?
    }

    let path: String?

    /// `audit.log` beside the history.
    static var usual: AuditTrail {
        AuditTrail(path: HistoryFile.defaultPath.map {
            ($0 as NSString).deletingLastPathComponent + "/audit.log"
        })
    }

    static var user: String {
        getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(getuid())"
    }

    static var now: String { ISO8601DateFormatter().string(from: Date()) }

    /// Adds an entry and sees that it is on the disk.
    func add(_ entry: Entry) throws {
        guard let path else { throw unusable("HOME", Message(zh: "没有主目录", en: "there is none")) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let line = try? encoder.encode(entry) else { return }
        let fault = PrivateFile.add(Array(line) + [0x0A], to: path)
        guard fault == 0 else { throw unusable(path, systemFault(fault)) }
    }

    private func unusable(_ path: String, _ reason: Message) -> Diagnostic {
        Diagnostic("audit.unusable", Message(
            zh: "审计文件 \(path) 写不了：\(reason.zh)；不能记录就不显示",
            en: "the audit file \(path) cannot be written: \(reason.en); what is not recorded is "
                + "not shown"))
    }
}
