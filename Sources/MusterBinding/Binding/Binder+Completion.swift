import MusterDiagnostics
import MusterLanguage
import MusterPlan

/// What is known of names at the end of an unfinished query: for completion only, so nothing
/// here throws, and what cannot be bound is passed over.
extension Binder {
    /// The stages of an unfinished query, as many of them as make sense.
    package func plan(ofUnfinished pipeline: Pipeline) -> Plan? {
        var rest = pipeline
        while true {
            if let plan = try? bind(rest) { return plan }
            guard rest.stages.popLast() != nil else { return nil }
        }
    }

    /// The type of an expression over rows of that schema.
    package func type(of expression: Expression, in schema: Schema) -> ValueType? {
        let trial = self.trial
        let scalar = try? trial.bind(expression, Scope(schema))
        guard trial.faults.isEmpty, let scalar else { return nil }
        // What its names mean is noted only where it means something.
        _ = try? bind(expression, Scope(schema))
        return scalar.type
    }

    /// The field that a path ends in, and whose field it is.
    package func field(of names: [Name], in schema: Schema) -> FieldDefinition? {
        (try? resolve(names, Scope(schema)))?.field
    }

    /// The rows that a path downwards leads to, `members` of a unit, as those of a query.
    package func rows(of names: [Name], in schema: Schema) -> Schema? {
        guard let first = names.first, let last = names.last else { return nil }
        let path = Expression(.path(names), Span(first.span.lower, last.span.upper))
        guard let found = try? relation(in: path, Scope(schema)) else { return nil }
        switch found.way {
        case .declared(let relation):
            return domain.source(relation.source).map { Schema(entity: $0.entity, columns: []) }
        case .made(let relation):
            guard let scope = lowerRows(of: relation)?.scope else { return nil }
            var schema = Schema(entity: scope.entity, columns: scope.columns)
            schema.table = scope.table
            return schema
        }
    }

    /// The row that a path leads to; nil where it leads to something else.
    package func row(of names: [Name], in schema: Schema) -> RowSource? {
        guard let found = try? trial.resolvePath(names, Scope(schema)) else { return nil }
        switch found.value.type {
        case .row(let entity): return .entity(entity)
        case .tableRow(let table): return .table(table, columns: [])
        default: return nil
        }
    }
}
