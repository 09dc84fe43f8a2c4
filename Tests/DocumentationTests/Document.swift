/// A Markdown document as far as its tests need it: fenced blocks, and parts between markers
/// that are made from the registries.
///
/// ```
/// <!-- begin verbs -->
/// …
/// <!-- end verbs -->
/// ```
struct Document {
    /// A fenced block: its info words, the lines inside, and where these stand.
    struct Block {
        let info: [String]
        let lines: [String]
        /// Of the lines inside, counted from 0.
        let range: Range<Int>

        var text: String { lines.joined(separator: "\n") }
    }

    /// A part made from the registries.
    struct Part {
        let name: String
        let range: Range<Int>
    }

    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var lines: [String]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    var text: String { lines.joined(separator: "\n") }

    mutating func replace(_ range: Range<Int>, by new: [String]) {
        lines.replaceSubrange(range, with: new)
    }

    /// The fenced blocks in reading order.
    var blocks: [Block] {
        var blocks: [Block] = []
        var open: (info: [String], start: Int)?
        for (number, line) in lines.enumerated() where line.hasPrefix("```") {
            if let (info, start) = open {
                blocks.append(Block(info: info, lines: Array(lines[start..<number]),
                                    range: start..<number))
                open = nil
            } else {
                open = (line.dropFirst(3).split(separator: " ").map(String.init), number + 1)
            }
        }
        return blocks
    }

    /// The parts between markers, in reading order.
    func parts() throws -> [Part] {
        var parts: [Part] = []
        var open: (name: String, start: Int)?
        for (number, line) in lines.enumerated() {
            if let name = Self.marker("begin", line) {
                guard open == nil else { throw Fault(description: "\(name) begins inside another") }
                open = (name, number + 1)
            } else if let name = Self.marker("end", line) {
                guard let begun = open, begun.name == name else {
                    throw Fault(description: "\(name) ends without having begun")
                }
                parts.append(Part(name: name, range: begun.start..<number))
                open = nil
            }
        }
        if let open { throw Fault(description: "\(open.name) has no end") }
        return parts
    }

    private static func marker(_ word: String, _ line: String) -> String? {
        let start = "<!-- \(word) ", end = " -->"
        guard line.hasPrefix(start), line.hasSuffix(end) else { return nil }
        return String(line.dropFirst(start.count).dropLast(end.count))
    }
}

extension Document {
    /// The block of output that stands directly behind a block, if any.
    func output(of block: Block, among blocks: [Block]) -> Block? {
        blocks.first { next in
            next.info.first == "text" && next.range.lowerBound > block.range.upperBound
                && lines[(block.range.upperBound + 1)..<(next.range.lowerBound - 1)]
                    .allSatisfy(\.isEmpty)
        }
    }
}

extension Document {
    /// Where the links outside fenced blocks lead to.
    var links: [String] {
        let fenced = Set(blocks.flatMap { Array($0.range) })
        return lines.enumerated().filter { !fenced.contains($0.offset) }.flatMap { _, line in
            line.matches(of: /\]\(([^)]*)\)/).map { String($0.output.1) }
        }
    }

    /// The headings as GitHub makes anchors of them: lower case, spaces as hyphens, no marks.
    var anchors: [String] {
        let fenced = Set(blocks.flatMap { Array($0.range) })
        return lines.enumerated().filter { !fenced.contains($0.offset) }.compactMap { _, line in
            guard line.hasPrefix("#") else { return nil }
            let text = line.drop { $0 == "#" }.dropFirst().lowercased()
            return String(text.compactMap { character -> Character? in
                if character == " " { return "-" }
                return character.isLetter || character.isNumber || "-_".contains(character)
                    ? character : nil
            })
        }
    }
}
