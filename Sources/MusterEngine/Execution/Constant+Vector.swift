import MusterBinding
import MusterPlan
import MusterStore

extension ValueType {
    func nones(_ count: Int) -> Vector {
        switch self {
        case .none, .bool: .bool([UInt8](repeating: None.bool, count: count))
        case .integer, .decimal: .int([Int64](repeating: None.integer, count: count))
        case .number: .double([Double](repeating: None.double, count: count))
        case .text: .text([Int32](repeating: None.code, count: count), .empty)
        case .day, .month, .year: .day([Int32](repeating: None.day, count: count))
        case .row, .tableRow: .row([Int32](repeating: None.row, count: count))
        }
    }
}

/// A value of a frame: rows by their number, which no plan may hold.
enum Datum: Hashable, Sendable {
    case constant(Constant)
    case row(Int32)

    static let none = Datum.constant(.none)
}

extension Vector {
    func datum(_ index: Int) -> Datum {
        if case .row(let v) = self { return v[index] < 0 ? .none : .row(v[index]) }
        return .constant(constant(index))
    }
}

extension Run {
    /// The value at a position as a plan may hold it. `vector` is numbered as the union.
    func constant(_ vector: Vector, _ index: Int, _ type: ValueType) -> Constant {
        guard case .row(let rows) = vector, case .row(let entity) = type else {
            return vector.constant(index)
        }
        return rows[index] < 0 ? .none
            : name(rows[index], entity).map { .row($0) } ?? .none
    }

    /// Constants as a vector of a type, rows numbered as the union.
    func vector(_ values: [Constant], _ type: ValueType) -> Vector {
        guard case .row(let entity) = type else { return type.vector(values) }
        return .row(values.map { value in
            guard case .row(let name) = value else { return None.row }
            return union.number(ofKey: name.key, entity: entity) ?? -2
        })
    }

    /// `count` times a value, rows numbered as in a data set.
    func repeated(_ value: Constant, _ count: Int, as type: ValueType, in dataSet: Int) -> Vector {
        switch value {
        case .bool(let value): .bool([UInt8](repeating: value ? 1 : 0, count: count))
        case .int(let value): .int([Int64](repeating: value, count: count))
        case .double(let value): .double([Double](repeating: value, count: count))
        case .day(let value): .day([Int32](repeating: value, count: count))
        case .row(let name): .row([Int32](repeating: row(name, in: dataSet), count: count))
        case .text(let value):
            .text([Int32](repeating: 0, count: count), TextDictionary([value]))
        case .none: type.nones(count)
        }
    }
}

extension ValueType {
    /// Constants of this type as a vector.
    func vector(_ values: [Constant]) -> Vector {
        switch self {
        case .none, .bool:
            return .bool(values.map { if case .bool(let v) = $0 { v ? 1 : 0 } else { None.bool } })
        case .integer, .decimal:
            return .int(values.map { if case .int(let v) = $0 { v } else { None.integer } })
        case .number:
            return .double(values.map { if case .double(let v) = $0 { v } else { None.double } })
        case .day, .month, .year:
            return .day(values.map { if case .day(let v) = $0 { v } else { None.day } })
        case .row, .tableRow: return .row(values.map { _ in None.row })
        case .text:
            var builder = TextBuilder()
            let codes = values.map { value -> Int32 in
                if case .text(let text) = value { builder.code(text) } else { None.code }
            }
            return .text(codes, builder.dictionary)
        }
    }
}
