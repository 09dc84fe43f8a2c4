import MusterValues
import MusterDiagnostics
import MusterPlan
import MusterStore

extension Evaluator {
    func compare(_ op: ComparisonOperator, _ a: Scalar, _ b: Scalar, _ frame: Frame,
                 _ place: Place) throws -> Vector {
        if let constant = b.bare.constantValue {
            return .bool(scalar(try value(a, frame, place), op, constant, place))
        }
        if let constant = a.bare.constantValue {
            return .bool(scalar(try value(b, frame, place), op.mirrored, constant, place))
        }
        return .bool(pairs(try value(a, frame, place), op, try value(b, frame, place)))
    }

    private func scalar(_ a: Vector, _ op: ComparisonOperator, _ b: Constant,
                        _ place: Place) -> [UInt8] {
        switch (a, b) {
        case (_, .none):
            let none = nones(a)
            switch op {
            case .equal: return none
            case .notEqual: return Mask.not(none)
            default: return [UInt8](repeating: 0, count: a.count)
            }
        case (.day(let a), .day(let b)): return Comparison.compare(a, op, b, none: None.day)
        case (.day(let a), .int(let b)):
            return Comparison.compare(a, op, Int32(clamping: b), none: None.day)
        case (.row(let a), .row(let name)):
            return Comparison.compare(a, op, run.row(name, in: place.dataSet), none: None.row)
        case (.int(let a), .int(let b)): return Comparison.compare(a, op, b)
        case (.double(let a), .double(let b)): return Comparison.compare(a, op, b)
        case (.bool(let a), .bool(let b)):
            return Comparison.compare(a, op, [UInt8](repeating: b ? 1 : 0, count: a.count))
        case (.text(let codes, let dictionary), .text(let text)):
            return texts(codes, dictionary, op, text)
        default: return [UInt8](repeating: op == .notEqual ? 1 : 0, count: a.count)
        }
    }

    /// Codes against a constant: the comparison is made once a text of the dictionary, and for
    /// (in)equality only one code can match.
    private func texts(_ codes: [Int32], _ dictionary: TextDictionary, _ op: ComparisonOperator,
                       _ text: String) -> [UInt8] {
        switch op {
        case .equal, .notEqual:
            let code = dictionary.code(of: text) ?? -2
            return Comparison.compare(codes, op, code, none: None.code)
        default:
            let answers = dictionary.texts.map { candidate -> UInt8 in
                inOrder(candidate, op, text) ? 1 : 0
            }
            return Mask.lookUp(codes, in: answers, none: 0)
        }
    }

    private func pairs(_ a: Vector, _ op: ComparisonOperator, _ b: Vector) -> [UInt8] {
        switch (a, b) {
        case (.day(let a), .day(let b)): Comparison.compare(a, op, b, none: None.day)
        case (.row(let a), .row(let b)): Comparison.compare(a, op, b, none: None.row)
        case (.int(let a), .int(let b)): Comparison.compare(a, op, b)
        case (.double(let a), .double(let b)): Comparison.compare(a, op, b)
        case (.bool(let a), .bool(let b)): Comparison.compare(a, op, b)
        case (.text(let a, let x), .text(let b, let y)): textPairs(a, x, op, b, y)
        default: [UInt8](repeating: 0, count: a.count)
        }
    }

    private func textPairs(_ a: [Int32], _ x: TextDictionary, _ op: ComparisonOperator,
                           _ b: [Int32], _ y: TextDictionary) -> [UInt8] {
        if x === y, op == .equal || op == .notEqual {
            // One dictionary: the codes say it.
            return Comparison.compare(a, op, b, none: None.code)
        }
        return a.indices.map { index in
            if a[index] < 0 || b[index] < 0 {
                return op == .notEqual ? 1 : 0
            }
            return inOrder(x[a[index]], op, y[b[index]]) ? 1 : 0
        }
    }

    /// Texts are ordered by code point.
    private func inOrder(_ a: String, _ op: ComparisonOperator, _ b: String) -> Bool {
        switch op {
        case .equal: a.utf8.elementsEqual(b.utf8)
        case .notEqual: !a.utf8.elementsEqual(b.utf8)
        case .less: a.utf8.lexicographicallyPrecedes(b.utf8)
        case .lessOrEqual: !b.utf8.lexicographicallyPrecedes(a.utf8)
        case .greater: b.utf8.lexicographicallyPrecedes(a.utf8)
        case .greaterOrEqual: !a.utf8.lexicographicallyPrecedes(b.utf8)
        }
    }

    /// A row that this data set does not have, though others do, is not none.
    func nones(_ vector: Vector) -> [UInt8] {
        if case .row(let rows) = vector {
            return rows.map { $0 < 0 && !RowUnion.isAbsent($0) ? 1 : 0 }
        }
        return (0..<vector.count).map { vector.isNone($0) ? 1 : 0 }
    }

    func choose(_ condition: [UInt8], _ a: Vector, _ b: Vector) -> Vector {
        let count = Int32(condition.count)
        let positions = condition.indices.map { index -> Int32 in
            condition[index] == 1 ? Int32(index) : count + Int32(index)
        }
        return Vector.concatenated([a, b])?.gathered(positions) ?? a
    }
}
