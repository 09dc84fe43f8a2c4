import Foundation
import Testing

/// The documents say what the program does: their tables are those of the registries, and every
/// example gives what stands below it. With MUSTER_RECORD set both are written anew.
@Suite(.serialized)
struct DocumentationTests {
    @Test(arguments: Project.documents)
    func documentIsWhatTheProgramSays(path: String) throws {
        let file = Project.root.appending(path: path)
        let before = try String(contentsOf: file, encoding: .utf8)
        var document = Document(before)
        try makeParts(&document)
        let folder = try Project.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try runExamples(&document, in: folder)
        if Project.isRecording {
            try document.text.write(to: file, atomically: true, encoding: .utf8)
        }
    }

    @Test func everyVerbHasItsSection() throws {
        let file = Project.root.appending(path: "docs/language.md")
        let document = Document(try String(contentsOf: file, encoding: .utf8))
        let parts = Set(try document.parts().map(\.name))
        for name in Reference().registry.verbNames {
            #expect(parts.contains("verb \(name.en)"), "docs/language.md: a section for \(name.en)")
        }
    }

    @Test(arguments: Project.documents)
    func linksLeadSomewhere(path: String) throws {
        let file = Project.root.appending(path: path)
        let document = Document(try String(contentsOf: file, encoding: .utf8))
        for link in document.links where !link.contains("://") {
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let target = parts[0].isEmpty ? file
                : file.deletingLastPathComponent().appending(path: String(parts[0]))
            #expect(FileManager.default.fileExists(atPath: target.path), "\(link)")
            guard parts.count == 2 else { continue }
            let other = Document(try String(contentsOf: target, encoding: .utf8))
            #expect(other.anchors.contains(String(parts[1])), "\(link)")
        }
    }

    private func makeParts(_ document: inout Document) throws {
        let reference = Reference()
        for part in try document.parts().reversed() {
            let made = try reference.lines(part.name)
            if Project.isRecording {
                document.replace(part.range, by: made)
            } else {
                let present = Array(document.lines[part.range])
                let difference = zip(present + [""], made + [""]).first { $0 != $1 }
                #expect(difference == nil && present.count == made.count,
                        "\(part.name): run scripts/docs; made now: \(difference?.1 ?? "")")
            }
        }
    }

    private func runExamples(_ document: inout Document, in folder: URL) throws {
        let queries = QueryExamples(in: folder), commands = CommandExamples(folder: folder)
        let blocks = document.blocks
        var outputs: [(Document.Block, String)] = []
        for block in blocks {
            let outcome: QueryExamples.Outcome
            let output = document.output(of: block, among: blocks)
            switch block.info.first {
            case "muster": outcome = try queries.run(block)
            case "sh":
                let faults = commands.faults(block)
                #expect(faults.isEmpty, "\(faults)")
                guard output != nil else { continue }
                outcome = try commands.run(block)
            default: continue
            }
            let place = "line \(block.range.lowerBound): \(block.text)\n\(outcome.text)"
            #expect(outcome.isFine != block.info.contains("fails"), "\(place)")
            guard let output else { continue }
            let said = outcome.text.trimmingSuffix { $0.isNewline }
            if Project.isRecording {
                outputs.append((output, String(said)))
            } else {
                #expect(output.text == said, "\(place)")
            }
        }
        for (output, said) in outputs.reversed() {
            document.replace(output.range, by: said.split(
                separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
    }
}

extension StringProtocol {
    func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> SubSequence {
        var rest = self[...]
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
