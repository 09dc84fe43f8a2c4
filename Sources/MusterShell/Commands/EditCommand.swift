import Foundation
import MusterDiagnostics
import MusterLanguage

/// `edit`: the last statement in the editor, and what becomes of it carried out.
enum EditCommand: Command {
    static let signature = Signature(Term("edit", "编辑"), [])
    static let summary = Message(zh: "在编辑器（$EDITOR）中修改上一条语句，存盘退出后执行",
                                 en: "change the last statement in $EDITOR; it runs once you leave")

    static func run(_ call: CommandCall, _ session: Session) throws {
        guard let editor = session.editor else {
            throw Diagnostic("edit.terminal", Message(
                zh: "“编辑”只能在交互中使用", en: "edit works in the shell only"), at: call.span)
        }
        let earlier = session.historyStatements().last { statement in
            !signature.name.matches(statement.trimmingCharacters(in: .whitespacesAndNewlines))
        } ?? ""
        guard let text = try session.givingWay({ try editor(earlier) }),
              !text.allSatisfy(\.isWhitespace) else { return }
        session.output.messages(text.hasSuffix("\n") ? text : text + "\n")
        session.run(text)
    }
}
