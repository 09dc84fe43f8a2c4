import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// `path(path, "NAME")`: the names on the way from below the named row down to a row.
enum PathBelow: Function {
    static let name = Term("path", "全路径")
    static let usage = Message(zh: "全路径(路径, \"名称\")", en: "path(PATH, \"NAME\")")
    static let summary = Message(
        zh: "从给定的那一个往下各级的名称，用 / 隔开；它自己和不在它之下的为空",
        en: "the names of all levels below the named one, with / between; none for itself and for "
            + "what is not below it")
    static let topics = ["上级", "路径"]

    static func bind(_ call: Call, _ binder: Binder) throws -> Scalar {
        let told = try Below(call, binder), row = told.row
        guard let whole = told.whole, let entity = row.type.entity,
              let tree = binder.domain.entity(entity), let label = tree.labelField else {
            return .constant(.none, .plainText)
        }
        let none = Scalar.constant(.none, .plainText)
        let root = Scalar.constant(.row(whole), row.type)
        func isSame(_ a: Scalar, _ b: Scalar) -> Scalar { Scalar(.compare(.equal, a, b), .bool) }
        func named(_ row: Scalar) -> Scalar {
            Scalar(.field(entity: entity, column: label, row: row), .plainText)
        }
        // Rows of one level below another are passed over but for the nearest to the row.
        let pieces = tree.levels.map { level -> Scalar in
            let above = Scalar(.ancestor(entity: entity, level: level.en, row: row), row.type)
            let counts = Scalar.all([
                Scalar(.below([whole], above), .bool), isSame(above, root).negated,
                isSame(above, row).negated,
            ]) ?? .yes
            let piece = Scalar(.call(Concat.name.en,
                                     [named(above), .constant(.text(" / "), .plainText)]),
                               .plainText)
            return Scalar(.conditional(counts, piece, none), .plainText)
        }
        let isBelow = Scalar.all([Scalar(.below([whole], row), .bool), isSame(row, root).negated])
        let way = Scalar(.call(Concat.name.en, pieces + [named(row)]), .plainText)
        return Scalar(.conditional(isBelow ?? .yes, way, none), .plainText)
    }
}
