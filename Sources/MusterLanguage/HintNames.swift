import MusterDiagnostics

/// Names that hints may show, so that an example in a message can be typed as it stands.
package struct HintNames: Sendable {
    /// A source, a condition and a number of its rows: members, registered, age.
    package let source: Term
    package let condition: Term
    package let number: Term
    /// The way from such a row into the tree, on to a level of it, and a name found there.
    package let place: Term
    package let path: Term
    package let placeName: String
    /// Rows that belong to a row of the tree.
    package let relation: Term

    package init(source: Term = Term("SOURCE", "来源"), condition: Term = Term("CONDITION", "条件"),
                 number: Term = Term("NUMBER", "数值"), place: Term = Term("PLACE", "位置"),
                 path: Term = Term("PLACE.LEVEL", "位置.层级"), placeName: String = "…",
                 relation: Term = Term("ROWS", "下属行")) {
        self.source = source
        self.condition = condition
        self.number = number
        self.place = place
        self.path = path
        self.placeName = placeName
        self.relation = relation
    }
}
