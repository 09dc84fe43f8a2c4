import MusterDiagnostics
import MusterPlan
import MusterStore

/// What a function is given in memory: a vector for each argument, all of `count` values.
package struct KernelCall {
    package let arguments: [Vector]
    package let types: [ValueType]
    package let count: Int
    /// Told of every value that cannot be what it was to be, and is none.
    package let lost: (String) -> Void

    package init(arguments: [Vector], types: [ValueType], count: Int,
                 lost: @escaping (String) -> Void = { _ in }) {
        self.lost = lost
        self.arguments = arguments
        self.types = types
        self.count = count
    }
}

/// What a function computes in memory, whole vectors at a time. A plan holds its name only.
package struct FunctionKernel: Sendable {
    package let name: String
    package let evaluate: @Sendable (KernelCall) throws -> Vector

    /// - Parameter evaluate: gives `count` values of the physical type that the call's type has.
    package init(_ name: String, _ evaluate: @escaping @Sendable (KernelCall) throws -> Vector) {
        self.name = name
        self.evaluate = evaluate
    }
}

extension Diagnostic {
    /// A whole number that no longer fits.
    package static let overflow = Diagnostic(
        "number.overflow",
        Message(zh: "结果超出 64 位整数的范围", en: "the result does not fit in 64 bits"),
        hint: Message(zh: "请用小数计算，例如乘以 1.0", en: "compute with decimals, e.g. times 1.0"))
}
