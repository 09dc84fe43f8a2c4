import Foundation

/// A file of golden cases: settings, then statements with what they print.
///
/// ```
/// # What the file is about.
/// snapshot: samples/small
/// language: en
///
/// # A comment on the next block.
/// @ format=csv
/// > members | count
/// n
/// 29
///
/// > let few = 3
/// (no output)
/// ```
/// Settings: `snapshot` (folders or files, from the top of the repository, or none),
/// `language`, `format`, `width` (columns), `rows`, `strict`, `day`; `shell: yes` keeps one
/// session through the file and shows every result at once, as the shell does, where otherwise
/// each block is a `-c` of its own. A line `@ name=value …` changes settings for one block.
/// Results stand as they are, every other line that is printed behind `! `. An output line that
/// would read as one of the file's own marks stands behind a backslash.
struct GoldenFile {
    struct Block {
        /// Comments and `@` lines.
        var lead: [String] = []
        var statement: [String] = []
        var expected: [String] = []

        var text: String { statement.joined(separator: "\n") }

        /// The file's settings with this block's own.
        func settings(_ common: [String: String]) -> [String: String] {
            var settings = common
            for line in lead where line.hasPrefix("@ ") {
                for part in line.dropFirst(2).split(separator: " ") {
                    let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
                    if pair.count == 2 { settings[pair[0]] = pair[1] }
                }
            }
            return settings
        }
    }

    /// Settings and comments before the first block, as they stand.
    private(set) var preamble: [String] = []
    private(set) var settings: [String: String] = [:]
    var blocks: [Block] = []

    static let noOutput = "(no output)"
    private static let marks = ["> ", "# ", "@ ", "! ", "\\", noOutput]

    init(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)[...]
        while let line = lines.first, !line.isEmpty {
            preamble.append(line)
            if !line.hasPrefix("#"), let colon = line.firstIndex(of: ":") {
                settings[String(line[..<colon])] = line[line.index(after: colon)...]
                    .trimmingCharacters(in: .whitespaces)
            }
            lines = lines.dropFirst()
        }
        var block = Block()
        for line in lines {
            let isLead = line.hasPrefix("# ") || line.hasPrefix("@ ")
            let isStatement = line.hasPrefix("> ") || line == ">"
            if isLead || isStatement, !block.expected.isEmpty || isLead,
               !block.statement.isEmpty {
                blocks.append(block)
                block = Block()
            }
            if isLead {
                block.lead.append(line)
            } else if isStatement {
                block.statement.append(String(line.dropFirst(2)))
            } else if !block.statement.isEmpty {
                block.expected.append(line)
            }
        }
        if !block.statement.isEmpty { blocks.append(block) }
        for index in blocks.indices { blocks[index].expected.trimBlankEnds() }
    }

    /// The file's text, in its one layout.
    var text: String {
        blocks.reduce(preamble.joined(separator: "\n") + "\n") { text, block in
            let lines = block.lead
                + block.statement.map { $0.isEmpty ? ">" : "> " + $0 } + block.expected
            return text + "\n" + lines.joined(separator: "\n") + "\n"
        }
    }

    /// Printed lines as they stand in a file.
    static func lines(printed text: String, isMessage: Bool) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines.map { line in
            if isMessage { return "! " + line }
            return marks.contains { line.hasPrefix($0) } || line == ">" ? "\\" + line : line
        }
    }
}

extension [String] {
    /// Empty lines at the end part the blocks of a file and are no output.
    mutating func trimBlankEnds() {
        while last == "" { removeLast() }
    }
}
