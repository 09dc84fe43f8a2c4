import Foundation
import MusterValues
import MusterDiagnostics
import MusterFiles
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport
import MusterStore
import Synchronization

/// The program's ways of running, each with its exit status: 0 done, 1 a query, script or
/// expectation failed, 2 wrong usage, 3 a snapshot could not be loaded.
package struct CommandLineTool {
    /// The program and the rules it works by.
    package static func version(_ domain: Domain) -> String {
        "muster 0.2.0 (data \(domain.dataVersion))"
    }

    package struct Options {
        let format: String?
        let language: String?
        let asOf: String?
        let isStrict: Bool
        let isQuiet: Bool
        let noColour: Bool
        let threads: Int?
        let publishes: Bool
        let overwrites: Bool
        let allowed: [String]
        /// Where the snapshots are, if not in files.
        let database: String?
        let usesCaches: Bool

        package init(format: String?, language: String?, asOf: String?, isStrict: Bool,
                    isQuiet: Bool, noColour: Bool, threads: Int?, publishes: Bool = false,
                    overwrites: Bool = false, allowed: [String] = [],
                    database: String? = nil, usesCaches: Bool = true) {
            self.database = database
            self.usesCaches = usesCaches
            self.publishes = publishes
            self.format = format
            self.language = language
            self.asOf = asOf
            self.isStrict = isStrict
            self.isQuiet = isQuiet
            self.noColour = noColour
            self.threads = threads
            self.overwrites = overwrites
            self.allowed = allowed
        }

        /// What is wrong with them, or nil.
        package var problem: Message? {
            if let format, Formats.named(format) == nil {
                let known = Formats.all.map(\.name).joined(separator: ", ")
                return Message(zh: "--format 可为 \(known)，没有 \(format)",
                               en: "--format takes one of \(known), not \(format)")
            }
            if let language, Language(rawValue: language) == nil {
                return Message(zh: "--language 可为 zh 或 en，没有 \(language)",
                               en: "--language takes zh or en, not \(language)")
            }
            if let asOf, CommandLineTool.day(asOf) == nil {
                return Message(zh: "--as-of 须是 2015-10-31 这样的日期，不是 \(asOf)",
                               en: "--as-of takes a day such as 2015-10-31, not \(asOf)")
            }
            if let threads, !(1...256).contains(threads) {
                return Message(zh: "--threads 须是 1 到 256 的数，不是 \(threads)",
                               en: "--threads takes a number from 1 to 256, not \(threads)")
            }
            if let folder = allowed.first(where: { !isFolder(homePath($0)) }) {
                return Message(zh: "--allow 须是一个文件夹，不是 \(folder)",
                               en: "--allow takes a folder, not \(folder)")
            }
            return nil
        }

        private func isFolder(_ path: String) -> Bool {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                && isFolder.boolValue
        }
    }

    let options: Options
    let domain: Domain
    let language: Language

    package init(_ options: Options, _ domain: Domain) {
        self.options = options
        self.domain = domain
        language = options.language.flatMap(Language.init) ?? CommandLineTool.usualLanguage
        CommandLineTool.rememberLastWords(language)
        Terminal.prepareLocale()
        Terminal.ignoreBrokenPipes()
    }

    /// MUSTER_LANGUAGE, else the locale's; English where neither says.
    static var usualLanguage: Language {
        let own = ProcessInfo.processInfo.environment["MUSTER_LANGUAGE"] ?? ""
        if let language = Language(rawValue: own) { return language }
        return Terminal.localeName.hasPrefix("zh") ? .zh : .en
    }

    static func day(_ text: String) -> Int32? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2]
        else { return nil }
        return CivilDay.number(year, month, day)
    }

    /// Writes to standard output or errors. What cannot be written (a full disk) is said once,
    /// and the program ends: half a result must not look like a whole one.
    static func put(_ bytes: [UInt8], to descriptor: Int32 = Terminal.output) {
        do {
            try Terminal.write(bytes, to: descriptor, isInterrupted: {
                descriptor == Terminal.output && Interrupt.isRequested
            })
        } catch where error.isCancellation {
            wasCut.store(true, ordering: .relaxed)
        } catch {
            _ = try? Terminal.write(error.rendered(in: usualLanguage) + "\n",
                                    to: Terminal.errors)
            exit(error.isOfMachine ? 3 : 1)
        }
    }

    // MARK: ways of running

    /// The shell; with statements, or standard input that is no terminal, those.
    package func shell(statements: String?, snapshots: [String]) -> Int32 {
        heedingInterrupts { shellStatus(statements, snapshots) }
    }

    private func shellStatus(_ statements: String?, _ snapshots: [String]) -> Int32 {
        let isInteractive = statements == nil && Terminal.isTerminal(0)
        let session = newSession(isInteractive: isInteractive, GivenFiles(
            folders: options.allowed.map(homePath), data: snapshots,
            isScript: statements == nil && !isInteractive))
        if let code = refusal(session, output: nil) ?? load(snapshots, session) { return code }
        if let statements { return status(session.runTogether(statements), session) }
        if isInteractive { return Shell(session, isColoured: colour).run() }
        do {
            return status(session.runTogether(try Terminal.standardInput()), session)
        } catch {
            session.show(error, nil)
            return 1
        }
    }

    /// 0 done; 3 where the machine did not give what was needed, 1 where anything else failed.
    func status(_ isDone: Bool, _ session: Session) -> Int32 {
        isDone ? 0 : session.hasHitLimits ? 3 : 1
    }

    /// - Parameter each: a level of the tree, for every row of which the script is run.
    package func run(script: String, settings: [String], output: String?, each: String? = nil,
                     issue: String? = nil, snapshots: [String]) -> Int32 {
        heedingInterrupts { scriptStatus(script, settings, output, each, issue, snapshots) }
    }

    private func scriptStatus(_ script: String, _ settings: [String], _ output: String?,
                              _ each: String?, _ issue: String?, _ snapshots: [String])
        -> Int32 {
        let session = newSession(isInteractive: false, GivenFiles(
            folders: (options.allowed + [issue, output.flatMap { Self.isFolder($0) ? $0 : nil }]
                .compactMap { $0 }).map(homePath),
            data: snapshots, output: output))
        if let output, !Self.isFolder(output), Formats.forFile(output) == nil {
            let known = Formats.all.flatMap(\.endings).joined(separator: " ")
            say(Message(zh: "错误：不认识文件“\(output)”的扩展名；可用：\(known)",
                        en: "error: the ending of \"\(output)\" is unknown; one of \(known)"))
            return 2
        }
        if let code = refusal(session, output: output ?? issue) { return code }
        // Before anything is read, and again beside what was.
        let single = each == nil ? output.flatMap { Self.isFolder($0) ? nil : $0 } : nil
        if let code = outputStatus(single, session) ?? load(snapshots, session)
            ?? outputStatus(single, session) { return code }
        if let each, let output {
            return eachStatus(script, settings, each: each, output: output, session)
        }
        if let issue { return issueStatus(script, settings, in: issue, session) }
        let values = Self.given(settings)
        let (report, fault) = session.collecting {
            try session.runScript(script, given: values, at: nil)
        }
        if let fault {
            if output == nil, !report.blocks.isEmpty { session.present(report) }
            session.show(fault, nil)
            return status(false, session)
        }
        guard let output else { return status(session.present(report), session) }
        do {
            if Self.isFolder(output) {
                try writeTables(of: report, in: output, session)
            } else {
                try session.export(report, to: session.exportFile(output, at: nil), at: nil)
            }
            return 0
        } catch {
            session.show(error, nil)
            return status(false, session)
        }
    }

    /// 1 where the report may not be written there, else nil.
    private func outputStatus(_ output: String?, _ session: Session) -> Int32? {
        guard let output else { return nil }
        do {
            _ = try session.exportFile(output, at: nil)
            return nil
        } catch {
            session.show(error, nil)
            return status(false, session)
        }
    }

    package func validate(_ snapshot: String) -> Int32 {
        heedingInterrupts {
            let session = newSession(isInteractive: false)
            if let code = refusal(session, output: nil) ?? load([snapshot], session) {
                return code
            }
            return status(session.runTogether(ValidateCommand.signature.name.en), session)
        }
    }

    /// Writes something to a path in the domain's own way, with its progress shown.
    package func write(
        _ path: String, _ doing: Message,
        _ work: (_ asOf: Int32?, _ advance: (Int, Int) throws -> Void) throws -> Void)
        -> Int32 {
        heedingInterrupts {
            let session = newSession(isInteractive: false)
            do {
                try session.following(doing) {
                    try work(options.asOf.flatMap(CommandLineTool.day), session.advance)
                }
                session.say(Message(zh: "已写入 \(path)", en: "written to \(path)"))
                return 0
            } catch {
                session.show(error, nil)
                return status(false, session)
            }
        }
    }

    // MARK: parts

    var colour: Bool { Terminal.wantsColour(refused: options.noColour) }

    private func say(_ message: Message) {
        CommandLineTool.put(visibleLines(message[language]) + "\n", to: Terminal.errors)
    }

    func newSession(isInteractive: Bool, _ given: GivenFiles = GivenFiles()) -> Session {
        var preferences = Preferences(language: language)
        preferences.overwrites = options.overwrites
        preferences.given = given
        preferences.format = options.format ?? "table"
        preferences.isQuiet = options.isQuiet
        preferences.isStrict = options.isStrict
        preferences.usesCaches = options.usesCaches
        if let threads = options.threads { preferences.threads = threads }
        if Terminal.isTerminal(Terminal.output) {
            preferences.width = Terminal.width()
            preferences.colour = colour
            preferences.isUTF8 = Terminal.isUTF8
            preferences.destination = .terminal
            preferences.rowLimit = isInteractive ? 200 : nil
        } else {
            preferences.chartWidth = Terminal.statedWidth
            if Terminal.isFile(Terminal.output) { preferences.destination = .redirected }
        }
        let session = Session(preferences: preferences, domain: domain, output: Self.output(),
                              isInterrupted: { Interrupt.isRequested || Terminal.isAbandoned })
        if options.publishes {
            session.change(.publish(from: Publication.usualLeast, SetCommand.publish))
        }
        return session
    }
}
