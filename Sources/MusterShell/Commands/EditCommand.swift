import Foundation
import MusterBinding
import MusterDiagnostics
import MusterLanguage

/// `edit`: the last statement in the editor, and what becomes of it carried out.
enum EditCommand: Command {
    static let signature = Signature(Term("edit", "编辑"), [])
    static let summary = Message(zh: "在编辑器（$EDITOR）中修改上一条语句，存盘退出后显示并执行",
                                 en: "change the last statement in $EDITOR; once you leave it is "
                                     + "shown and run")
    static let synonyms = ["vi", "vim", "emacs", "nano"]
    static let slips: [Slip] = [Slip(#"^\s*\\e\s*;?\s*$"#, "\(signature.name.en)")]
    static let traits: CommandTraits = [.unlogged, .typed]

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let earlier = session.console.history.last { statement in
            !signature.name.matches(statement.trimmingCharacters(in: .whitespacesAndNewlines))
        } ?? ""
        guard let text = try session.givingWay({ try session.console.edit(earlier) }),
              !text.allSatisfy(\.isWhitespace) else { return [] }
        guard text.trimmingCharacters(in: .newlines) != earlier.trimmingCharacters(in: .newlines)
        else {
            return [.say(Message(zh: "没有改动，不执行", en: "nothing was changed: it is not run"))]
        }
        return [.type(text)]
    }
}
