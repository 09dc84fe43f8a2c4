import Glibc
import MusterDiagnostics
import MusterFiles

/// Programs that take over the terminal for a while: the pager, the editor.
enum Program {
    /// Runs a shell command and waits for its end; with `input`, that is its standard input.
    /// Returns whether it could be started and ended well.
    static func run(_ command: String, input: [UInt8]? = nil, variables: [String] = []) -> Bool {
        var ends: [Int32] = [-1, -1]
        var actions = posix_spawn_file_actions_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else { return false }
        defer { posix_spawn_file_actions_destroy(&actions) }
        if input != nil {
            guard pipe(&ends) == 0 else { return false }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        }
        // Its Ctrl-C and broken pipes are its own affair.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var usual = sigset_t(), none = sigset_t()
        sigemptyset(&none)
        sigemptyset(&usual)
        sigaddset(&usual, SIGPIPE)
        sigaddset(&usual, SIGINT)
        sigaddset(&usual, SIGXFSZ)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes,
                                 Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        let words: [UnsafeMutablePointer<CChar>?] =
            ["/bin/sh", "-c", command].map { (word: String) in strdup(word) } + [nil]
        defer { words.forEach { free($0) } }
        let names: [UnsafeMutablePointer<CChar>?] =
            (inherited + variables).map { (entry: String) in strdup(entry) } + [nil]
        defer { names.forEach { free($0) } }
        var child: pid_t = 0
        let fault = posix_spawn(&child, "/bin/sh", &actions, &attributes, words, names)
        if input != nil { close(ends[0]) }
        guard fault == 0 else {
            if input != nil { close(ends[1]) }
            return false
        }
        if let input {
            // A pager that is left early wants no more.
            _ = try? Terminal.write(input, to: ends[1])
            close(ends[1])
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 { if errno != EINTR { return false } }
        return status == 0
    }

    private static var inherited: [String] {
        var list: [String] = []
        var next = environ
        while let entry = next.pointee {
            list.append(String(cString: entry))
            next += 1
        }
        return list
    }

    /// Whether a program of that name is to be found.
    static func exists(_ name: String) -> Bool {
        (Terminal.variable("PATH") ?? "/usr/bin:/bin").split(separator: ":").contains {
            access("\($0)/\(name)", X_OK) == 0
        }
    }
}

/// Shows what is longer than the window page by page: through $PAGER where the user has one. A
/// table that is wider is shown so, too, since a pager of the user's would not know its columns.
enum Pager {
    /// False where the text fits the window, or cannot be shown so: it is to be printed.
    static func show(_ text: [UInt8], _ language: Language, sideways: ((Int) -> [UInt8]?)?)
        -> Bool {
        guard Terminal.isTerminal(Terminal.output), let rows = Terminal.height
        else { return false }
        let isLong = text.lazy.filter { $0 == 0x0A }.count >= rows - 1
        if let own = Terminal.variable("PAGER") {
            guard isLong, !own.isEmpty, own != "cat" else { return false }
            return Program.run(own, input: text, variables: variables(language))
                || Interrupt.isRequested
        }
        let view = PageView(language: language, rows: rows, columns: Terminal.width() ?? 80,
                            sideways: sideways)
        guard PageView.isPossible, isLong || view.isWide(text) else { return false }
        // Where it was stopped, or nobody reads it, there is nothing more to print.
        _ = try? view.show(String(decoding: text, as: UTF8.self))
        return true
    }

    /// For less: colours are kept, long lines cut, it ends with the text and says how to leave.
    private static func variables(_ language: Language) -> [String] {
        let prompt = Message(zh: "空格 下一页，q 离开", en: "Space for the next page, q to leave")
        let usual = Terminal.variable("LESS") == nil ? ["LESS=-RSFXE -Ps\(prompt[language])"] : []
        return usual + ["LESSCHARSET=utf-8"]
    }
}

/// A text changed in the user's editor.
enum Editor {
    /// The changed text. Throws where there is no editor or it failed.
    static func change(_ text: String) throws -> String? {
        let named = ["VISUAL", "EDITOR"].lazy.compactMap { Terminal.variable($0) }
            .first { !$0.isEmpty }
        guard let command = named ?? ["nano", "vi"].first(where: Program.exists) else {
            throw Diagnostic("edit.none", Message(
                zh: "没有找到编辑器", en: "there is no editor"),
                hint: Message(zh: "请设置环境变量 EDITOR", en: "set EDITOR in the environment"))
        }
        let folder = Terminal.variable("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        let lines = text.hasSuffix("\n") || text.isEmpty ? text : text + "\n"
        return try PrivateFile.passing(lines, in: folder, ending: ScriptLibrary.ending) { name in
            guard Program.run("\(command) '\(name.replacing(mark: "'", with: "'\\''"))'") else {
                throw fault(command, Message(zh: "它没有正常结束", en: "it did not end well"))
            }
            return try ScriptLibrary.read(name, at: nil)
        }
    }

    private static func fault(_ command: String, _ reason: Message) -> Diagnostic {
        Diagnostic("edit.failed", Message(zh: "编辑器 \(command) 无法使用：\(reason.zh)",
                                          en: "the editor \(command) is of no use: \(reason.en)"),
                   hint: Message(zh: "请检查环境变量 EDITOR", en: "see what EDITOR says"))
    }
}
