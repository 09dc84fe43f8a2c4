/// Why the reference gives no answer, where the contract says that there is an error.
public struct Refusal: Error, CustomStringConvertible {
    public let reason: String

    /// Not an error by the contract, only nothing that the reference answers.
    let isOutside: Bool

    public init(_ reason: String, isOutside: Bool = false) {
        self.reason = reason
        self.isOutside = isOutside
    }

    public var description: String { reason }
}
