import Foundation
import MusterDiagnostics
import MusterFiles

extension Session {
    /// Somebody else may have written what is being carried out.
    var isInScript: Bool { !frames.isEmpty || preferences.given.isScript }

    /// What may be read and written now. What is typed reaches every file; a script what lies
    /// beside it, in and below the working folder, and what the command line names.
    var files: FilePolicy { isInScript ? filesOfScripts(frames.map(\.path)) : filesOfUser }

    /// For what was given to the script that runs, by whoever runs it.
    var filesOfCaller: FilePolicy {
        let callers = frames.prefix(frames.naming ?? 0)
        return callers.isEmpty && !preferences.given.isScript
            ? filesOfUser : filesOfScripts(callers.map(\.path))
    }

    private var filesOfUser: FilePolicy {
        FilePolicy(mayReplace: preferences.overwrites, loaded: books.sources,
                   wayToReplace: isInScript || preferences.given.output != nil
                       ? Self.wayToForce : Self.wayToOverwrite)
    }

    /// What scripts may reach, the outermost first.
    func filesOfScripts(_ scripts: [String]) -> FilePolicy {
        let given = preferences.given
        let folder = { (path: String) in
            let folder = (path as NSString).deletingLastPathComponent
            return folder.isEmpty ? "." : folder
        }
        let named = given.output.map { [folder($0)] } ?? []
        var policy = filesOfUser
        policy.writable = named + given.folders
        if policy.writable == [] { policy.writable = ["."] }
        policy.readable = ["."] + scripts.map(folder) + given.data + named + given.folders
            + SharedFiles.all
        return policy
    }

    private static let wayToForce = Message(
        zh: "请换一个名字；要覆盖，请在命令行上加 --force",
        en: "choose another name; to write over it say --force on the command line")

    private static var wayToOverwrite: Message {
        let setting = SetCommand.written(SetCommand.overwrite)
        let on = TimeCommand.switches[0]
        return Message(
            zh: "请换一个名字；要覆盖，先输入 \(setting.zh) \(on.zh)，或在命令行上加 --force",
            en: "choose another name; to write over it type \(setting.en) \(on.en), or say --force "
                + "on the command line")
    }

    /// Carries out somebody else's statements: what they set does not outlive them, nor does their
    /// choice among the snapshots that were loaded before.
    func keepingSettings<T>(_ body: () throws -> T) rethrows -> T {
        let before = preferences
        let (domain, hides) = (environment.domain, environment.hidesNames)
        let (least, history) = (environment.publishesFrom, environment.history)
        let current = environment.current.map { environment.dataSets[$0].asOf }
        defer {
            prefer { $0 = before }
            if let current { change(.use(day: current)) }
            let now = environment.domain.settings
            if let changed = zip(domain.settings, now).first(where: { $0.value != $1.value }) {
                change(.set(domain, changed.0.name))
            }
            change(.hideNames(hides, SetCommand.privacy))
            change(.publish(from: least, SetCommand.publish))
            change(.history(history, SetCommand.history))
        }
        return try body()
    }
}
