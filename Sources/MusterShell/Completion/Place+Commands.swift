import Foundation
import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterStore

/// What commands take: files, scripts with their parameters, settings, topics.
extension Place {
    func slot(_ kind: SlotKind, _ frames: [Expectation.Frame]) -> [Candidate] {
        switch kind {
        case .word(let words): return words.map { named($0) }
        case .name where argument(frames) == .source: return sources
        case .text where argument(frames) == .data: return sheets(frames)
        case .rest: return raw(.rest, "", frames).list
        default: return []
        }
    }

    /// Text taken as it stands, up to the cursor.
    func raw(_ kind: SlotKind, _ typed: String, _ frames: [Expectation.Frame])
        -> (list: [Candidate], typed: String, skipped: Int) {
        let argument = argument(frames)
        switch kind {
        case .path, .paths: return paths(argument, typed)
        default: break
        }
        let words = typed.split(omittingEmptySubsequences: false) { $0 == " " || $0 == "=" }
        let last = String(words.last ?? "")
        let skipped = typed.utf8.count - last.utf8.count
        switch argument {
        case .topic:
            return (Help.topics(environment).map { named($0) }, typed, 0)
        case .setting where words.count <= 1:
            let choices = SetCommand.choices(domain)
            return (choices.map { named($0.name, $0.gloss[language]) }, last, skipped)
        case .setting:
            let choice = SetCommand.choices(domain).first { $0.name.matches(String(words[0])) }
            return ((choice?.options ?? []).map { named($0) }, last, skipped)
        case .loaded:
            return (environment.tables.keys.sorted().map { Candidate(names: [$0]) } + days, last,
                    skipped)
        case .lesson: return (lessons, typed, 0)
        default: return ([], typed, 0)
        }
    }

    /// By name, in Chinese by title too, which the command takes as well.
    private var lessons: [Candidate] {
        LessonLibrary.files().map { file in
            let title = (try? LessonLibrary.read(file.path))?.title
            let names = [file.name] + (title.map { language == .zh ? [$0.zh] : [] } ?? [])
            return Candidate(names: names, gloss: title?[language] ?? "")
        } + [named(Term("off", "结束"), Message(zh: "结束", en: "leave")[language])]
    }

    /// What the command at the cursor takes; a verb that takes a path writes the file.
    func argument(_ frames: [Expectation.Frame]) -> CommandArgument? {
        slot(frames).flatMap { Commands.named($0.signature.name.en)?.argument ?? .newFile }
    }

    /// What the sheets of the workbook are called that is named before; hidden ones last.
    private func sheets(_ frames: [Expectation.Frame]) -> [Candidate] {
        guard case .path(let template)? = slot(frames)?.arguments["path"] else { return [] }
        let path = homePath(binder.shownText(template))
        let sheets = SheetFile.sheetNames(SharedFiles.sample(path) ?? path)
        let hidden = Message(zh: "隐藏", en: "hidden")[language]
        return (sheets.filter { !$0.isHidden } + sheets.filter(\.isHidden))
            .filter { isShowable($0.name) }
            .map { Candidate(names: [$0.name], gloss: $0.isHidden ? hidden : "", isText: true) }
    }

    private func paths(_ argument: CommandArgument?, _ typed: String)
        -> (list: [Candidate], typed: String, skipped: Int) {
        var list: [Candidate] = []
        if argument == .script, !typed.contains("/") {
            list = ScriptLibrary.scripts().map {
                named($0.name, Place.title($0.path, completer))
            }
        }
        if argument == .log { list.append(named(Term("off", "关"))) }
        let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
        let name = String(typed.dropFirst(folder.count))
        let isHidden = name.hasPrefix(".")
        let place = homePath(folder)
        let files = ((try? FileManager.default.contentsOfDirectory(
            atPath: folder.isEmpty ? "." : place)) ?? []).filter {
                $0.hasPrefix(".") == isHidden && isShowable($0)
            }
        // A path with a space in it stands in quotes as a whole.
        let isWhole = state.quote == nil
            && files.contains { $0.hasPrefix(name) && $0.contains(where: \.isWhitespace) }
        // What is to be written must not be written over by mistake: folders only.
        let isWritten = argument == .log || argument == .newFile
        let endings = Place.endings(argument)
        for file in files.sorted() {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: place + file, isDirectory: &isFolder)
            guard isFolder.boolValue || !isWritten && endings.isEmpty
                    || endings.contains(where: { file.hasSuffix($0) }) else { continue }
            let own = isFolder.boolValue ? file + "/" : file
            var candidate = Candidate(names: [isWhole ? folder + own : own])
            candidate.suffix = isFolder.boolValue ? "" : " "
            candidate.isGoneOnFrom = isFolder.boolValue
            candidate.isText = state.quote == nil && file.contains(where: \.isWhitespace)
            list.append(candidate)
        }
        return isWhole ? (list, typed, quoteWidth) : (list, name, folder.utf8.count + quoteWidth)
    }

    private func isShowable(_ file: String) -> Bool {
        !file.unicodeScalars.contains { $0.value < 0x20 || $0 == "\"" || $0 == "\u{7F}" }
    }

    private static func endings(_ argument: CommandArgument?) -> [String] {
        switch argument {
        case .script: [ScriptLibrary.ending]
        case .data: [".json", ".ndjson", ".csv", ".tsv", ".jsonl", ".gz", ".xlsx", ".xls"]
        default: []
        }
    }

    // MARK: scripts

    private static func title(_ path: String, _ completer: Completer) -> String {
        guard let text = try? ScriptLibrary.read(path, at: nil) else { return "" }
        return ScriptsCommand.title(SourceText(name: path, text: text),
                                    completer.environment.registry)[completer.language]
    }

    /// The parameters of the script that is named before.
    private func declared(_ frames: [Expectation.Frame])
        -> [(name: String, type: String, label: Message)] {
        guard case .path(let template)? = slot(frames)?.arguments["script"],
              let path = try? ScriptLibrary.find(binder.shownText(template), at: nil),
              let text = try? ScriptLibrary.read(path, at: nil) else { return [] }
        let script = parse(SourceText(name: path, text: text), vocabulary: environment.registry)
        return script.statements.compactMap { statement in
            guard case .parameter(let name, let type, _, let zh, let en) = statement.kind else {
                return nil
            }
            let chinese = zh.map { binder.shownText($0) } ?? "", english = en.map { binder.shownText($0) }
            return (name.text, type.text, Message(zh: chinese, en: english ?? chinese))
        }
    }

    func settingNames(_ frames: [Expectation.Frame]) -> [Candidate] {
        declared(frames).map { parameter in
            Candidate(names: [parameter.name + "="], gloss: parameter.label[language],
                      suffix: "")
        }
    }

    func settingValues(_ name: Name, _ frames: [Expectation.Frame]) -> [Candidate] {
        guard let parameter = declared(frames).first(where: { $0.name == name.text }),
              let kind = ParameterKind.all(domain).first(where: {
                  $0.name.matches(parameter.type)
              })
        else { return [] }
        if kind.isPlace {
            return placeNames.map { place in
                var plain = place
                plain.isText = place.names[0].contains(" ")
                return plain
            }
        }
        return kind.name.en == "boolean"
            ? [Keyword.true.term, Keyword.false.term].map { named($0) } : []
    }
}
