import MusterStore

extension Scalar {
    /// What a function that a domain declares is bound to: a kernel over whole vectors. `name`
    /// is what other back ends know it by; `evaluate` gets the arguments' values, `count` each,
    /// and gives as many of the physical type that `type` has.
    package static func call(_ name: String, _ arguments: [Scalar], gives type: ValueType,
                            _ evaluate: @escaping @Sendable ([Vector], Int) throws -> Vector)
        -> Scalar {
        Scalar(.call(FunctionKernel(name, evaluate), arguments), type)
    }
}
