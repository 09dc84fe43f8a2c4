import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// Binding ends here, whatever else there is to bind: a limit is reached, or the user stopped it.
struct Stopped: Error {
    let fault: Diagnostic
}

/// How far the binding of a statement has gone: what it tries counts too. Only added to.
final class Effort {
    /// Expressions bound so far.
    private var expressions = 0
    /// Those that are being bound, one inside the other.
    private var depth = 0

    /// Carries out the binding of one expression. Throws `Stopped` where it is one too many.
    func within<T>(_ facts: (any Facts)?, _ body: () throws -> T) throws -> T {
        expressions += 1
        if expressions > Limits.expressions { throw Stopped(fault: Limits.tooManyExpressions) }
        guard depth < Limits.depth else { throw Stopped(fault: Limits.tooDeep) }
        if let facts {
            do { try facts.checkInterrupted() } catch let fault as Diagnostic {
                throw Stopped(fault: fault)
            }
        }
        depth += 1
        defer { depth -= 1 }
        return try body()
    }
}

extension Binder {
    /// A definition that is put in place of its name: what ends the binding inside it is said of
    /// that name.
    func expanding<T>(_ name: Name, _ body: () throws -> T) throws -> T {
        do { return try body() } catch let stopped as Stopped {
            guard !stopped.fault.isCancellation else { throw stopped }
            var fault = stopped.fault.placed(at: name.span)
            fault.source = isForeign ? source : nil
            throw Stopped(fault: fault)
        }
    }

    /// Checked behind each stage, so that nothing that goes through a plan goes too deep.
    func checkSize(_ plan: Plan) throws {
        if plan.schema.columns.count > Limits.columns { throw Limits.tooManyColumns }
        var stages = 0, next = plan.input
        while let input = next { (stages, next) = (stages + 1, input.input) }
        // A verb may take several steps.
        if stages > 4 * Limits.stages { throw Stopped(fault: Limits.tooManyStages) }
    }
}
