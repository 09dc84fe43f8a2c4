import MusterDiagnostics
import MusterBinding
import MusterEngine
import MusterPlan
import MusterLanguage
import MusterReport

/// `last`: the last result once more, all its rows; before `|` it is a source.
enum LastCommand: Command {
    static let signature = Signature(Globals.last, [])
    static let summary = Message(zh: "再看上一个结果的全部行；后接 | 则在它的基础上接着算",
                                 en: "the last result again, all its rows; before | go on from it")
    static let traits: CommandTraits = .goesOn

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let names = session.environment.domain.words.hints
        guard let last = session.answer else {
            throw Diagnostic("last.none", Message(
                zh: "前面还没有结果", en: "there is no result yet"), at: call.span,
                hint: Message(zh: "例如先写：\(names.source.zh) | 计数",
                              en: "first, for example: \(names.source.en) | count"))
        }
        if let fault = last.fault(session.books, session.environment, at: call.span) {
            throw fault
        }
        return [.showWhole([.table(last.table)])]
    }
}
