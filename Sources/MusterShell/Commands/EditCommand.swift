import Foundation
import MusterDiagnostics
import MusterLanguage

/// `edit`: the last statement in the editor, and what becomes of it carried out.
enum EditCommand: Command {
    static let signature = Signature(Term("edit", "编辑"), [])
    static let summary = Message(zh: "在编辑器（$EDITOR）中修改上一条语句，存盘退出后执行",
                                 en: "change the last statement in $EDITOR; it runs once you leave")
    static let synonyms = ["vi", "vim", "emacs"]
    static let traits: CommandTraits = [.unlogged, .typed]

    static func effects(of call: CommandCall, in session: Session) throws -> [Effect] {
        let earlier = session.console.history.last { statement in
            !signature.name.matches(statement.trimmingCharacters(in: .whitespacesAndNewlines))
        } ?? ""
        guard let text = try session.givingWay({ try session.console.edit(earlier) }),
              !text.allSatisfy(\.isWhitespace) else { return [] }
        return [.type(text)]
    }
}
