/// Why the reference gives no answer, where the contract says that there is an error.
public struct Refusal: Error, CustomStringConvertible {
    public let reason: String

    public init(_ reason: String) { self.reason = reason }

    public var description: String { reason }
}
