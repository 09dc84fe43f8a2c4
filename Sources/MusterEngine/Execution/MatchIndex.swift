import MusterBinding
import MusterDiagnostics
import MusterPlan
import MusterStore
import MusterValues

/// The rows of a table by their keys: what rows of another table belong to.
struct MatchIndex: Sendable {
    /// For each key how its values become small numbers.
    private var coders: [KeyNumbers]
    /// For each key but the first: the number of a combination of those before it and the key's
    /// own number, to the number of the combination with it.
    private var links: [IntegerTable] = []
    /// By the number of a whole combination: its row, or -1 where several rows have it.
    private var rows: [Int32] = []
    /// The same: its first row, and how many there are.
    private var first: [Int32] = []
    private var counts: [Int32] = []

    /// - Parameters:
    ///   - keys: one vector a key, over all rows of the table.
    ///   - check: asked now and then whether to stop.
    init(_ keys: [Vector], _ forms: [KeyForm], check: () throws -> Void) throws {
        coders = []
        var numbers: [Int32] = []
        for (place, vector) in keys.enumerated() {
            try check()
            var coder = KeyNumbers(forms[place])
            let own = try coder.numbers(adding: vector, check)
            coders.append(coder)
            guard place > 0 else { numbers = own; continue }
            var link = try IntegerTable(capacity: numbers.count, check: check)
            var next: Int32 = 0
            for row in numbers.indices {
                if row & 0xFFFF == 0 { try check() }
                guard numbers[row] >= 0, own[row] >= 0 else { numbers[row] = -1; continue }
                let pair = Int64(numbers[row]) << 32 | Int64(own[row])
                if let known = link[pair] { numbers[row] = known; continue }
                try link.set(pair, next, check: check)
                numbers[row] = next
                next += 1
            }
            links.append(link)
        }
        let count = Int(numbers.max() ?? -1) + 1
        first = [Int32](repeating: -1, count: count)
        counts = [Int32](repeating: 0, count: count)
        for (row, number) in numbers.enumerated() where number >= 0 {
            if first[Int(number)] < 0 { first[Int(number)] = Int32(row) }
            counts[Int(number)] += 1
        }
        rows = zip(first, counts).map { $1 == 1 ? $0 : -1 }
    }

    /// Keys that several rows have: the first of these rows and how many there are, in the order
    /// of the table.
    var repeated: [(row: Int32, count: Int)] {
        counts.indices.filter { counts[$0] > 1 }.map { (first[$0], Int(counts[$0])) }
            .sorted { $0.row < $1.row }
    }

    /// What became of the rows that were looked for.
    enum Outcome { case found(Int32), missing, ambiguous, noKey }

    func outcome(_ numbers: [[Int32]], _ row: Int) -> Outcome {
        var combined: Int32 = 0
        if numbers.contains(where: { $0[row] == Self.noKey }) { return .noKey }
        for (place, own) in numbers.enumerated() {
            guard own[row] >= 0 else { return .missing }
            if place == 0 { combined = own[row]; continue }
            guard let next = links[place - 1][Int64(combined) << 32 | Int64(own[row])] else {
                return .missing
            }
            combined = next
        }
        guard Int(combined) < rows.count else { return .missing }
        return rows[Int(combined)] < 0 ? .ambiguous : .found(rows[Int(combined)])
    }

    /// What stands for none among the numbers; -1 for a value that no row of the table has.
    static let noKey: Int32 = -2

    /// The numbers of values that are looked for. `texts` gives those of a dictionary's texts.
    func numbers(_ vector: Vector, key: Int, texts: (TextDictionary) throws -> [Int32]) rethrows
        -> [Int32] {
        try coders[key].numbers(of: vector, texts: texts)
    }

    /// The numbers that a dictionary's texts have as a key.
    func numbers(of dictionary: TextDictionary, key: Int, check: () throws -> Void) throws
        -> [Int32] {
        try coders[key].numbers(of: dictionary, check)
    }
}

/// The values of one key as numbers 0, 1, 2, …
private struct KeyNumbers: Sendable {
    private let form: KeyForm
    private var texts: [ExactText: Int32] = [:]
    private var whole = IntegerTable()
    private var count: Int32 = 0

    init(_ form: KeyForm) { self.form = form }

    /// Those of all values; -1 for none.
    mutating func numbers(adding vector: Vector, _ check: () throws -> Void) throws -> [Int32] {
        if case .text(let codes, let dictionary) = vector {
            texts.reserveCapacity(dictionary.count)
            // Texts that no row has get no number.
            var numbers = [Int32](repeating: -1, count: dictionary.count)
            return try codes.enumerated().map { row, code in
                if row & 0xFFFF == 0 { try check() }
                guard code >= 0 else { return -1 }
                if numbers[Int(code)] < 0 {
                    numbers[Int(code)] = number(form.key(dictionary[code]))
                }
                return numbers[Int(code)]
            }
        }
        return try Self.bits(vector).map { value in
            guard let value else { return -1 }
            if let known = whole[value] { return known }
            try whole.set(value, count, check: check)
            count += 1
            return count - 1
        }
    }

    private mutating func number(_ text: String) -> Int32 {
        let text = ExactText(text)
        if let known = texts[text] { return known }
        texts[text] = count
        count += 1
        return count - 1
    }

    func numbers(of vector: Vector, texts: (TextDictionary) throws -> [Int32]) rethrows
        -> [Int32] {
        if case .text(let codes, let dictionary) = vector {
            let numbers = try texts(dictionary)
            return codes.map { $0 < 0 ? MatchIndex.noKey : numbers[Int($0)] }
        }
        return Self.bits(vector).map { value in
            value.map { whole[$0] ?? -1 } ?? MatchIndex.noKey
        }
    }

    func numbers(of dictionary: TextDictionary, _ check: () throws -> Void) throws -> [Int32] {
        try (0..<Int32(dictionary.count)).map { code in
            if code & 0xFFFF == 0 { try check() }
            return texts[ExactText(form.key(dictionary[code]))] ?? -1
        }
    }

    /// Values that are no texts, as 64 bits; nil for none.
    private static func bits(_ vector: Vector) -> [Int64?] {
        switch vector {
        case .int(let v): v.map { $0 == None.integer ? nil : $0 }
        case .day(let v): v.map { $0 == None.day ? nil : Int64($0) }
        case .double(let v): v.map { $0.isNaN ? nil : Int64(bitPattern: ($0 + 0).bitPattern) }
        case .bool(let v): v.map { $0 == None.bool ? nil : Int64($0) }
        case .row(let v): v.map { $0 < 0 ? nil : Int64($0) }
        case .text: []
        }
    }
}

extension KeyForm {
    /// A text as it is compared.
    func key(_ text: String) -> String {
        switch self {
        case .exact: text
        case .coded(let codes): codes.code(text) ?? text
        case .folded: Self.folded(text)
        }
    }

    /// Without blanks, in half width and upper case: `１２０１０５…ｘ` is `120105…X`.
    private static func folded(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x61 || $0 > 0x7A && $0 < 0x7F }
        if isPlain { return text }
        return Heading.folded(text).withoutBlanks.uppercased()
    }
}
