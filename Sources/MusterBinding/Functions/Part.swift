import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// `part(path, "NAME")`: the row directly below the named one on the way up from a row of the tree.
enum Part: Function {
    static let name = Term("part", "下一级")
    static let usage = Message(zh: "下一级(路径, \"名称\")", en: "part(PATH, \"NAME\")")
    static let summary = Message(
        zh: "在给定的那一个的哪个直接下级里；直属于它的为它自己，不在它之下的为空",
        en: "which of those directly below the named one it lies in; the named one itself for "
            + "what belongs to it directly, none outside it")
    static let topics = ["下级", "直属"]

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        let below = try Below(call, binder)
        guard let whole = below.whole else { return below.row }
        return Scalar(.part(of: whole, below.row), below.row.type)
    }
}

/// What functions of a row of the tree and a named one above it are told.
struct Below {
    let row: Scalar
    /// Nil where the row is always none.
    let whole: RowName?

    init(_ call: Call, _ binder: Binder) throws {
        try call.expect(2...2)
        let tree = binder.domain.tree
        let noun = tree?.rowNoun ?? Term("row of a tree", "树中的行")
        row = try call.value(0, binder, Message(zh: noun.zh, en: "a " + noun.en)) {
            $0.entity != nil && $0.entity == tree?.name
        }
        guard let entity = row.type.entity else {
            whole = nil
            return
        }
        let names = try binder.rowNames(call.arguments[1].value, entity, call.scope)
        guard names.count == 1 else {
            throw Diagnostic.mismatch(Message(zh: "\(call.name.text) 只用一个\(noun.zh)",
                                              en: "\(call.name.text) takes one \(noun.en)"),
                                      at: call.arguments[1].value.span)
        }
        whole = names[0]
    }
}
