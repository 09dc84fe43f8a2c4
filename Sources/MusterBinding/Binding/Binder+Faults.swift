import MusterDiagnostics
import MusterLanguage
import MusterPlan
import MusterStore

/// Binding cannot go on here; what is wrong has been noted already.
struct Reported: Error {}

extension Binder {
    /// An expression with its type. What is wrong in it is noted, and binding goes on with none
    /// in its place, which goes with everything: one typo, one message, but every typo.
    func bind(_ expression: Expression, _ scope: Scope) throws -> Scalar {
        do {
            return try log.effort.within(facts) {
                let scalar = try bindNode(expression, scope)
                try refuseProbe(scalar, expression.span)
                return scalar
            }
        } catch let diagnostic as Diagnostic {
            if diagnostic.isCancellation { throw Stopped(fault: diagnostic) }
            report(diagnostic, at: expression.span)
        } catch is Reported {}
        return .constant(.none, .none)
    }

    func report(_ diagnostic: Diagnostic, at span: Span? = nil) {
        var fault = diagnostic
        if fault.span == nil { fault.span = span }
        if isForeign, let source { fault = fault.located(in: source) }
        log.add(fault: fault)
    }

    /// The same for each of several things; stops behind them where one of them failed.
    func each<T, R>(_ items: [T], _ body: (T) throws -> R) throws -> [R] {
        let before = faults.count
        let results = try items.compactMap { item -> R? in
            do { return try body(item) } catch let diagnostic as Diagnostic {
                if diagnostic.isCancellation { throw Stopped(fault: diagnostic) }
                report(diagnostic)
                return nil
            } catch is Reported { return nil }
        }
        if faults.count > before, results.count < items.count { throw Reported() }
        return results
    }

    /// What is wrong with the whole, thrown at its end.
    func finish<T>(_ body: () throws -> T) throws -> T {
        var result: T?
        do { result = try body() } catch let diagnostic as Diagnostic {
            if diagnostic.isCancellation { throw diagnostic }
            report(diagnostic)
        } catch let stopped as Stopped {
            // What was found besides is what else this one came upon.
            throw stopped.fault
        } catch is Reported {}
        if let result, faults.isEmpty { return result }
        throw faults.count == 1 ? faults[0] : Diagnostics(faults)
    }
}
