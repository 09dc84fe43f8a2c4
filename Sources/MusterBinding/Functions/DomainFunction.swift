import MusterPlan

extension Scalar {
    /// What a function that a domain declares is bound to: a call by the name under which its
    /// kernel is found.
    package static func call(_ name: String, _ arguments: [Scalar], gives type: ValueType)
        -> Scalar {
        Scalar(.call(name, arguments), type)
    }
}
