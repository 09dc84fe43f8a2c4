import Foundation
import MusterBinding
import MusterDiagnostics
import MusterEngine
import MusterFiles
import MusterPlan
import MusterReport
import MusterStore
import MusterValues

/// `muster run SCRIPT --issue FOLDER`: the report is kept as an issue, compared with the one
/// before. What was published is never written over: the same figures are kept as they are, others
/// make a correction.
extension CommandLineTool {
    func issueStatus(_ script: String, _ settings: [String], in folder: String,
                     _ session: Session) -> Int32 {
        do {
            try publish(script, settings, IssueArchive(folder: homePath(folder)), session)
            return 0
        } catch {
            for fault in (error as? Diagnostics)?.all ?? [] { session.show(fault, nil) }
            if !(error is Diagnostics) { session.show(error, nil) }
            return status(false, session)
        }
    }

    private func publish(_ script: String, _ settings: [String], _ archive: IssueArchive,
                         _ session: Session) throws {
        let given = Self.given(settings)
        let made = try session.issue(script, given)
        let known = try archive.issues(of: made.issue.script, on: made.issue.place)
        var issue = made.issue, report = made.report
        var corrected: Issue?
        if let published = known.last(where: { $0.day == issue.day }) {
            let isSame = published.tables.count == issue.tables.count
                && zip(published.tables, issue.tables).allSatisfy { $0.hasSameFigures(as: $1) }
            guard !isSame else {
                session.say(Message(
                    zh: "\(issue.day) 的一期已存在，数字相同，没有改写：\(archive.folder)/\(published.folder)",
                    en: "the issue of \(issue.day) is there, with the same figures; nothing was "
                        + "written: \(archive.folder)/\(published.folder)"))
                return
            }
            issue = issue.correcting((published.correction ?? 0) + 1)
            corrected = published
        }
        if let last = known.last(where: { $0.day < issue.day }),
           let comparison = IssueComparison(made.report) {
            var blocks = comparison.blocks(since: last)
            if let then = try session.reissue(script, given, of: last.day) {
                blocks += Report.revisions(of: last, then, in: comparison)
            }
            report = report.adding(comparison.sentence(since: last), blocks)
        }
        if let corrected { report = report.correcting(corrected, by: issue) }
        try session.keep(issue, report, in: archive, formats)
    }

    /// Those that the report is kept in.
    private var formats: [any Format] {
        if let name = options.format, let format = Formats.named(name) { return [format] }
        return ["html", "xlsx"].compactMap { Formats.named($0) }
    }
}

extension Session {
    /// Runs a script as an issue of its day.
    fileprivate func issue(_ script: String, _ given: [String: GivenValue]) throws
        -> (issue: Issue, report: Report) {
        var parameters: [String: Parameter] = [:]
        let (report, fault) = collecting {
            try runScript(script, given: given, at: nil) { parameters = $0.parameters }
        }
        if let fault { throw fault }
        guard let data = environment.data else { throw noSnapshot(nil) }
        let place = parameters.values.first {
            if case .row = $0.value { true } else { false }
        }
        var key = ""
        if case .row(let row)? = place?.value { key = row.key }
        let path = try ScriptLibrary.find(script, at: nil)
        let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        let issue = Issue(
            program: CommandLineTool.version(environment.domain), script: name,
            day: CivilDay.text(Self.day(of: parameters) ?? environment.today ?? data.asOf),
            place: key, placeName: place?.shown ?? "", fingerprint: data.snapshot.fingerprint,
            asOf: CivilDay.text(data.asOf),
            parameters: parameters.mapValues { CellMaker(environment).shown($0) },
            tables: report.tables.map(Issue.Table.init), correction: nil)
        return (issue, report)
    }

    private static func day(of parameters: [String: Parameter]) -> Int32? {
        guard case .day(let day)? = parameters["day"]?.value,
              parameters["day"]?.type == .day else { return nil }
        return day
    }

    /// The tables of an earlier day, by what is loaded now; nil where the script takes no day.
    fileprivate func reissue(_ script: String, _ given: [String: GivenValue], of day: String) throws
        -> Issue? {
        var values = given
        values["day"] = .text(day)
        do { return try issue(script, values).issue } catch let fault as Diagnostic {
            if ["parameter.unknown", "expect.failed"].contains(fault.code) { return nil }
            throw fault
        }
    }

    fileprivate func keep(_ issue: Issue, _ report: Report, in archive: IssueArchive,
                          _ formats: [any Format]) throws {
        let path = archive.folder + "/" + issue.folder
        PrivateFile.makeFolders(above: path)
        let whole = try Unfinished(try files.place(path), .folder, isPrivate: true)
        func write(_ name: String, _ bytes: [UInt8]) throws {
            let file = try whole.file(name)
            try file.write(bytes)
            try file.close()
        }
        let presentation = Presentation(preferences.language, destination: .file,
                                        phrases: environment.domain.words.phrases,
                                        advance: advance)
        for format in formats {
            try write("report." + format.endings[0],
                      try format.contents(of: dated(report), presentation))
        }
        try write(Issue.file, try issue.bytes)
        try whole.finish()
        say(Message(zh: issue.correction == nil ? "已存为一期：\(path)" : "已存为更正：\(path)",
                    en: (issue.correction == nil ? "kept as an issue: " : "kept as a correction: ")
                        + path))
    }
}

extension Report {
    /// With a sentence behind its first text, and further blocks before what it is signed with.
    fileprivate func adding(_ sentence: Message?, _ further: [Block]) -> Report {
        var report = self
        let foot = report.blocks.lastIndex { if case .provenance = $0 { true } else { false } }
        report.blocks.insert(contentsOf: further, at: foot ?? report.blocks.count)
        if let sentence {
            let first = report.blocks.firstIndex { if case .text = $0 { true } else { false } }
            report.blocks.insert(.text(sentence), at: (first ?? 0) + 1)
        }
        return report
    }

    /// As a correction of what was published: it says so first, with both figures.
    fileprivate func correcting(_ published: Issue, by issue: Issue) -> Report {
        var report = self
        if case .heading(let title, let level)? = report.blocks.first {
            report.blocks[0] = .heading(Message(zh: title.zh + "（更正）",
                                                en: title.en + " (correction)"), level: level)
        }
        let differences = IssueComparison.differences(published.tables, issue.tables)
        let text = Message(
            zh: "更正：\(published.day) 公布的下列数字有误，以更正数为准。公布时的数据指纹 "
                + "\(published.fingerprint)，更正时的 \(issue.fingerprint)。",
            en: "Correction: of what was published for \(published.day) these figures are "
                + "corrected. Fingerprint of the data then \(published.fingerprint), now "
                + "\(issue.fingerprint).")
        report.blocks.insert(contentsOf: [
            .text(text), IssueComparison.table(differences, now: Term("corrected", "更正数")),
        ], at: min(1, report.blocks.count))
        return report
    }

    /// What the roster of today says otherwise of the day of an earlier issue.
    fileprivate static func revisions(of last: Issue, _ now: Issue,
                                      in comparison: IssueComparison) -> [Block] {
        let names: Set<String> = [ColumnNames.of.en, ColumnNames.persons.en]
        let differences = IssueComparison.differences(last.tables, now.tables, only: names)
        guard !differences.isEmpty else { return [] }
        let heading = Message(zh: "上期公布的数字，现在的数据另有说法",
                              en: "Published then, and otherwise in the data of now")
        let text = Message(
            zh: "上期（\(last.day)）公布的数字（数据指纹 \(last.fingerprint)），按现在的数据（数据指纹 "
                + "\(now.fingerprint)）回溯到同一天，下列数字不同。",
            en: "Figures published for \(last.day) (fingerprint \(last.fingerprint)) that the data of "
                + "now (fingerprint \(now.fingerprint)), looking back at the same day, give otherwise.")
        return [.heading(heading, level: 2), .text(text),
                IssueComparison.table(differences, now: Term("now", "现在"))]
    }
}
