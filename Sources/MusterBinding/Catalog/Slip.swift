/// Something that people write by habit, and how the same is written here. A pattern is a
/// regular expression without regard to case, in which `<source>` stands for the names of all
/// sources, `<group>` for what other tools call grouping and `<end>` for the end of a stage; of
/// a quoted text it sees only the quotation marks, one letter and a file's ending.
package struct Slip: Sendable {
    package enum Place: Sendable {
        case anywhere
        /// Behind the verb in a stage of the verb that declares it.
        case withinStage
    }
    package let pattern: String
    /// `$1` is what the first group holds.
    package let template: String
    package let place: Place

    package init(_ pattern: String, _ template: String, _ place: Place = .anywhere) {
        self.pattern = pattern
        self.template = template
        self.place = place
    }
}
