import Foundation
import MusterDiagnostics

extension CommandLineTool {
    /// Loads snapshots, or opens those of the database that was named; 3 where one cannot be, else
    /// nil.
    func load(_ snapshots: [String], _ session: Session) -> Int32? {
        load(snapshots, session, from: options.database)
    }

    func load(_ snapshots: [String], _ session: Session, from database: String?) -> Int32? {
        if let database {
            do {
                try session.open(on: database, snapshots)
            } catch {
                session.show(error, nil)
                return 3
            }
        }
        for path in database == nil ? snapshots : [] {
            do {
                try session.load(path)
            } catch {
                session.show(Self.commandOfShell(path) ?? error, nil)
                return 3
            }
        }
        if let text = options.asOf, let day = CommandLineTool.day(text) {
            do {
                try session.read(at: day)
            } catch {
                session.show(error, nil)
                return 1
            }
        }
        return nil
    }

    /// The fault of a command of the shell that stands where a snapshot should: `muster scripts`.
    private static func commandOfShell(_ word: String) -> Diagnostic? {
        guard let command = Commands.all.first(where: { $0.signature.name.matches(word) }),
              !FileManager.default.fileExists(atPath: word) else { return nil }
        return Diagnostic("usage.command", Message(
            zh: "“\(word)”是交互中的命令，不是快照",
            en: "\(word) is a command of the shell and no snapshot"),
            hint: Message(zh: "先运行 muster 再输入；或写 muster -c '\(command.signature.name.zh)'",
                          en: "type it in the shell, or: muster -c '\(command.signature.name.en)'"))
    }
}
