/// Why the reference gives no answer, where the contract says that there is an error.
package struct Refusal: Error, CustomStringConvertible {
    package let reason: String

    /// Not an error by the contract, only nothing that the reference answers.
    let isOutside: Bool

    package init(_ reason: String, isOutside: Bool = false) {
        self.reason = reason
        self.isOutside = isOutside
    }

    package var description: String { reason }
}
