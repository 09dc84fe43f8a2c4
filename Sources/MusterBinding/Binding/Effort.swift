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
    /// How many there were at most.
    private var deepest = 0

    /// Carries out the binding of one expression. Throws `Stopped` where it is one too many.
    func within<T>(_ facts: (any Facts)?, _ body: () throws -> T) throws -> T {
        try add(Share(expressions: 1, depth: 1))
        if let facts {
            do { try facts.checkInterrupted() } catch let fault as Diagnostic {
                throw Stopped(fault: fault)
            }
        }
        depth += 1
        defer { depth -= 1 }
        return try body()
    }

    /// What a part of the statement took.
    struct Share {
        let expressions: Int
        /// Expressions inside one another.
        let depth: Int
    }

    /// What is bound in there, and what that took.
    func measuring<T>(_ body: () throws -> T) throws -> (T, Share) {
        let (before, outer) = (expressions, deepest)
        deepest = depth
        defer { deepest = max(outer, deepest) }
        let result = try body()
        return (result, Share(expressions: expressions - before, depth: deepest - depth))
    }

    /// Something that was bound already stands in another place, too: a plan holds it as often as
    /// it is written. Throws `Stopped` where that is too much.
    func add(_ share: Share) throws {
        expressions += share.expressions
        if expressions > Limits.expressions { throw Stopped(fault: Limits.tooManyExpressions) }
        guard depth + share.depth <= Limits.depth else { throw Stopped(fault: Limits.tooDeep) }
        deepest = max(deepest, depth + share.depth)
    }
}

/// What definitions came to in one place: used again there, they are not bound again.
final class BoundOnce {
    fileprivate struct Value {
        let scalar: Scalar
        let share: Effort.Share
        /// Where what is wrong with it was noted.
        let log: BindingLog
    }
    fileprivate var values: [String: Value] = [:]
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

    /// The value of a definition where it was bound already, else what `body` binds. What is only
    /// tried notes nothing: it is bound again where it counts.
    func once(_ name: String, _ bound: BoundOnce, _ body: () throws -> Scalar) throws -> Scalar {
        if let known = bound.values[name], known.log === log {
            try log.effort.add(known.share)
            return known.scalar
        }
        let (scalar, share) = try log.effort.measuring(body)
        bound.values[name] = BoundOnce.Value(scalar: scalar, share: share, log: log)
        return scalar
    }

    /// Checked behind each stage, so that nothing that goes through a plan goes too deep.
    func checkSize(_ plan: Plan) throws {
        if plan.schema.columns.count > Limits.columns { throw Limits.tooManyColumns }
        // A verb may take several steps.
        if plan.steps.count > 4 * Limits.stages { throw Stopped(fault: Limits.tooManyStages) }
    }
}
