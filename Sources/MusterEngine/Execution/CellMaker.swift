import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore
import MusterValues

/// Turns values into what may be shown: rows by their label, codes by their names, sensitive
/// texts masked. The only way out of the engine.
package struct CellMaker: Sendable {
    private let environment: Environment
    /// Entities whose label is a person's name.
    private let personal: Set<String>

    package init(_ environment: Environment) {
        self.environment = environment
        personal = Set(environment.domain.entities.filter { entity in
            entity.labelField.flatMap(entity.field)?.type.isPersonal == true
        }.map(\.name))
    }

    /// Rows of a source, kept or loaded ones too, or data on persons in groups: not for everybody
    /// who can open a file.
    package func holdsPersons(_ schema: Schema) -> Bool {
        !schema.isGrouped || schema.columns.contains { column in
            if case .row(let entity) = column.type { return personal.contains(entity) }
            return column.type.isPersonal || column.type.isSensitive
        }
    }

    func cell(_ value: Constant, _ type: ValueType) -> Cell {
        switch (value, type) {
        case (.none, _): return .none
        case (.bool(let v), _): return .bool(v)
        case (.int(let v), .decimal(let places)): return .decimal(v, places: places)
        case (.int(let v), _): return .integer(v)
        case (.double(let v), _): return .number(v)
        case (.day(let v), .year): return .year(v)
        case (.day(let v), .month): return .month(v)
        case (.day(let v), _): return .day(v)
        case (.row(let row), _): return .text(shown(row.key))
        case (.text(let text), .text(.sensitive)): return .text(masked(text))
        case (.text(let text), .text(.personal)): return .text(named(text))
        case (.text(let text), .text(.code(let codes))):
            return .term(codes.values.contains { $0.en == text } ? codes.term(text)
                : codes.term(shown(text)))
        case (.text(let text), _): return .text(shown(text))
        }
    }

    /// A parameter as it stands in a text.
    package func shown(_ parameter: Parameter) -> String {
        parameter.type.isPersonal ? named(parameter.shown) : parameter.shown
    }

    /// The cells of a column; rows by their labels where they are read.
    func cells(_ vector: Vector, _ type: ValueType, _ places: Places, _ run: Run) throws
        -> [Cell] {
        var step = 0
        guard case .row(let rows) = vector, case .row(let entity) = type else {
            return try (0..<vector.count).map { index in
                try run.checkNow(&step)
                return cell(vector.constant(index), type)
            }
        }
        return try rows.indices.map { index in
            try run.checkNow(&step)
            return rows[index] < 0 ? .none : .text(label(rows[index], entity, at: places.at(index)))
        }
    }

    /// The cells of a hidden column as they are: only where that was asked for and recorded.
    func cells(inFull vector: Vector) -> [Cell] {
        (0..<vector.count).map { row in
            if case .text(let text) = vector.constant(row) { .text(text) } else { .none }
        }
    }

    /// The name of a row: as the snapshot calls it in which it is read, else as the current one
    /// does, else as the latest that has it.
    func label(_ number: Int32, _ entity: String, at place: Place?) -> String {
        guard let (index, row) = environment.universe.union.home(
            of: number, entity: entity, preferring: place?.dataSet) else { return "" }
        let definition = environment.domain.entity(entity)
        let text = environment.universe.dataSets[index].text(
            row, entity, definition?.labelField ?? definition?.keyField) ?? ""
        return personal.contains(entity) ? named(text) : shown(text)
    }

    /// A text in which what may not be shown does not stand, wherever it was put.
    private func shown(_ text: String) -> String {
        environment.domain.words.sensitive.maskedInValues(text)
    }

    /// A person's name as it may be shown: `王**` where names are hidden, whatever its length.
    private func named(_ text: String) -> String {
        environment.hidesNames && !text.isEmpty ? text.prefix(1) + "**" : shown(text)
    }
}
