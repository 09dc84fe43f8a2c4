import Foundation
import MusterReference
import Testing

func judged(_ book: Book, _ text: String) -> Trial.Verdict {
    let roster = Roster(book)
    return (try? withFolder(book) { folder in
        Trial.judge(text, roster, try EngineAnswer(snapshot: folder).answer(text))
    }) ?? .same
}

@Test func probe() throws {
    let env = ProcessInfo.processInfo.environment
    let first = Int(env["FIRST"] ?? "0")!, count = Int(env["COUNT"] ?? "40")!
    let per = Int(env["PER"] ?? "20")!
    var tags: [String: Int] = [:], kinds: [String: Int] = [:]
    for snapshot in first..<(first + count) {
        let book = RandomSnapshot.book(seed: UInt64(snapshot))
        let roster = Roster(book)
        try withFolder(book) { folder in
            let engine = try EngineAnswer(snapshot: folder)
            for number in 0..<per {
                let draft = RandomQuery.draft(roster, seed: UInt64(snapshot * 100_000 + number), number: number)
                if let log = env["LOG"] { try? "\(snapshot)\n\(draft.text)".write(toFile: log, atomically: false, encoding: .utf8) }
                let verdict = Trial.judge(draft.text, roster, engine.answer(draft.text))
                let kind = "\(verdict)".prefix { $0 != "(" }
                kinds[String(kind), default: 0] += 1
                if verdict.isFine { for tag in draft.tags { tags[tag, default: 0] += 1 } } else {
                    let small = env["RAW"] != nil ? nil : Shrinking.shrunk(book, draft.text, verdict, judge: judged)
                    let b = small?.book ?? book
                    print("=== snapshot \(snapshot) query \(number)  units \(b.units.count) people \(b.people.count) service \(b.service.count)\n\(small?.text ?? draft.text)\n--- \(small?.verdict ?? verdict)")
                    if env["FULL"] != nil { print(draft.text) }
                }
            }
        }
    }
    print(kinds)
    if env["TAGS"] != nil { for (tag, n) in tags.sorted(by: { $0.key < $1.key }) { print(tag, n) } }
}
