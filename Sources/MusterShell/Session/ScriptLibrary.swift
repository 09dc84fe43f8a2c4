import Foundation
import MusterDiagnostics

/// Where saved scripts are.
enum ScriptLibrary {
    static let ending = ".muster"

    /// Folders searched for short names: one named by the user, the installed ones, those of a
    /// checkout that the program was built in, and the current folder's.
    static var folders: [String] {
        SharedFiles.folders("statistics", variable: "MUSTER_SCRIPTS")
    }

    /// A script named within another one is first looked for beside it.
    static func find(_ name: String, beside other: String? = nil, at span: Span?) throws -> String {
        let name = homePath(name)
        var isFolder: ObjCBool = false
        if let other, other.contains("/"), !name.hasPrefix("/"),
           let found = try? find((other as NSString).deletingLastPathComponent + "/" + name,
                                 at: nil) { return found }
        for path in [name, name + ending]
        where FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && !isFolder.boolValue { return path }
        if !name.contains("/") {
            for folder in folders {
                let path = "\(folder)/\(name)\(ending)"
                if FileManager.default.fileExists(atPath: path) { return path }
            }
        }
        let scripts = scripts()
        if let named = scripts.first(where: { $0.name.zh == name }) { return named.path }
        let known = scripts.map(\.name)
        throw Diagnostic("script.unknown", Message(
            zh: "找不到脚本“\(name)”", en: "there is no script \"\(name)\""), at: span,
            hint: windowsPathHint(name) ?? suggestion(for: name, among: known)
                ?? Message(zh: "用“脚本”查看有哪些", en: "`scripts` lists those there are"))
    }

    /// Throws where a script that includes or runs another one is one too many.
    ///
    /// - Parameters:
    ///   - open: scripts that are being read, one inside the other.
    ///   - begun: scripts that the outermost of them began, itself included.
    static func checkNumber(open: Int, begun: Int, at span: Span?) throws {
        if open >= Limits.includesDeep {
            throw Diagnostic("limit.includes", Message(
                zh: "脚本层层引入，超过 \(Limits.includesDeep) 层",
                en: "scripts include one another more than \(Limits.includesDeep) deep"), at: span,
                hint: Message(zh: "请把公用的定义放进一个脚本，只引入它",
                              en: "put shared definitions into one script and include that"))
        }
        if begun > Limits.includes {
            throw Diagnostic("limit.includes", Message(
                zh: "一个脚本引入的脚本超过 \(Limits.includes) 个",
                en: "one script includes more than \(Limits.includes) others"), at: span,
                hint: Message(zh: "同一个脚本只需引入一次", en: "it is enough to include a script once"))
        }
    }

    static func read(_ path: String, at span: Span?) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Diagnostic("script.unreadable", Message(
                zh: "读不了脚本 \(path)", en: "cannot read the script \(path)"), at: span)
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw Diagnostic("script.encoding", Message(
                zh: "脚本 \(path) 不是 UTF-8 编码", en: "the script \(path) is not UTF-8"),
                at: span, hint: Message(zh: "请另存为 UTF-8", en: "save it as UTF-8"))
        }
        if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
        return text
    }

    /// A script of one of the folders.
    struct Script {
        /// What `run` takes: the file's name without its ending, and the name it gives itself.
        let name: Term
        let path: String
    }

    /// All saved scripts by their short names, each once.
    static func scripts() -> [Script] {
        var found: [String: String] = [:]
        for folder in folders {
            for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            where file.hasSuffix(ending) {
                let name = String(file.dropLast(ending.count))
                if found[name] == nil { found[name] = folder + "/" + file }
            }
        }
        return found.sorted { $0.key < $1.key }.map { name, path in
            let own = (try? read(path, at: nil)).flatMap(ownName)
            return Script(name: Term(name, own ?? name), path: path)
        }
    }

    /// The Chinese name at the head of a script: `# S1 进展通报：` and what it is for.
    static func ownName(_ text: String) -> String? {
        guard let line = text.split(whereSeparator: \.isNewline).first, line.hasPrefix("#"),
              let end = line.firstIndex(of: "：") else { return nil }
        let words = line[..<end].dropFirst().split(separator: " ")
        guard let name = words.last, words.count <= 2, name.unicodeScalars.allSatisfy(\.isChinese),
              words.count == 1 || words[0].allSatisfy(\.isASCII) else { return nil }
        return String(name)
    }
}
