/// A piece of a query: its text, and whether it may be none.
struct Piece {
    enum Kind { case integer, hours, number, other }

    let text: String
    let isNullable: Bool
    var kind = Kind.other
    /// Made of a rate or mean, though perhaps rounded.
    var isRatio = false

    func made(of parts: Piece...) -> Piece {
        var piece = self
        piece.isRatio = isRatio || kind == .number || parts.contains { $0.isRatio }
        return piece
    }
}

extension RandomQuery {
    func function(_ name: String, _ arguments: [String]) -> String {
        tags.insert("function:\(name)")
        return spelling.call(name, arguments)
    }

    // MARK: numbers

    func literal(like piece: Piece) -> String {
        switch piece.kind {
        case .integer, .hours, .number:
            if random.chance(60), let number = random.pick(plainNumbers) { return number }
        case .other: break
        }
        switch piece.kind {
        case .integer, .other: return spelling.number(random.pick([0, 1, 2, 3, 5, 14, 18, 20]) ?? 1)
        case .hours:
            return random.pick(["0", "1", "20", "0.5", "1.25", "100", "3.33", "19.99", "40"]) ?? "1"
        case .number: return random.pick(["0.5", "0", "1", "50%", "0.333", "2", "0.75"]) ?? "1"
        }
    }

    func numeric(depth: Int) -> Piece {
        let items = scope.filter { $0.isNumeric && !isForbidden($0) }
        guard depth > 0, random.chance(55) else {
            if let item = random.pick(items), random.chance(92) {
                return Piece(text: name(item), isNullable: item.isNullable, kind: kind(item),
                             isRatio: item.isRatio)
            }
            return Piece(text: spelling.number(random.below(30)), isNullable: false, kind: .integer)
        }
        if table != nil, random.chance(15), let piece = below(depth) { return piece }
        switch random.below(10) {
        case 0, 1: return sum(depth)
        case 2: return quotient(depth)
        case 3: return rounded(depth)
        case 4: return calendar() ?? numeric(depth: 0)
        case 5: return extreme(depth)
        case 6: return choice(depth)
        case 7: return filled(depth)
        case 8: return modulo(depth)
        default:
            let text = text(depth: 0)
            return Piece(text: function("length", [text.text]), isNullable: text.isNullable,
                         kind: .integer)
        }
    }

    private func kind(_ item: Item) -> Piece.Kind {
        switch item.kind {
        case .integer: .integer
        case .hours: .hours
        default: .number
        }
    }

    private func common(_ a: Piece, _ b: Piece) -> Piece.Kind {
        if a.kind == .number || b.kind == .number { return .number }
        return a.kind == .hours || b.kind == .hours ? .hours : .integer
    }

    private func sum(_ depth: Int) -> Piece {
        let a = numeric(depth: depth - 1), b = numeric(depth: depth - 1)
        // Counts of several periods side by side do not add up either.
        let operation = random.pick(isPivoted ? ["-", "*"] : ["+", "-", "*"]) ?? "-"
        var kind = common(a, b)
        if operation == "*", a.kind == .hours, b.kind == .hours { kind = .number }
        let text = spelling.bracket("\(a.text) \(mark(operation)) \(b.text)")
        return Piece(text: random.chance(8) ? "-" + text : text,
                     isNullable: a.isNullable || b.isNullable, kind: kind).made(of: a, b)
    }

    private func quotient(_ depth: Int) -> Piece {
        let a = numeric(depth: depth - 1), b = numeric(depth: depth - 1)
        return Piece(text: spelling.bracket("\(a.text) \(mark("/")) \(b.text)"), isNullable: true,
                     kind: .number, isRatio: true)
    }

    private func modulo(_ depth: Int) -> Piece {
        guard let item = random.pick(scope.filter { item in
            if case .integer = item.kind { !isForbidden(item) } else { false }
        }) else { return numeric(depth: 0) }
        let text = spelling.bracket("\(name(item)) \(mark("%")) \(random.below(4))")
        return Piece(text: text, isNullable: true, kind: .integer, isRatio: item.isRatio)
    }

    private func rounded(_ depth: Int) -> Piece {
        let a = numeric(depth: depth - 1)
        let name = random.pick(["round", "floor", "ceil", "abs"]) ?? "abs"
        let places = name == "round" ? [String(random.from(0, to: 3))] : []
        let isWhole = name == "floor" || name == "ceil"
        return Piece(text: function(name, [a.text] + places), isNullable: a.isNullable,
                     kind: isWhole ? .integer : a.kind).made(of: a)
    }

    private func calendar() -> Piece? {
        guard let a = day(depth: 0) else { return nil }
        switch random.below(3) {
        case 0, 1:
            let name = random.pick(["month", "day", "week", "weekday", "quarter"]) ?? "day"
            return Piece(text: function(name, [a.text]), isNullable: a.isNullable, kind: .integer)
        default:
            guard let b = day(depth: 0) else { return nil }
            return Piece(text: function("days", [a.text, b.text]),
                         isNullable: a.isNullable || b.isNullable, kind: .integer)
        }
    }

    private func extreme(_ depth: Int) -> Piece {
        let a = filled(depth), b = filled(depth)
        return Piece(text: function(random.chance(50) ? "min" : "max", [a.text, b.text]),
                     isNullable: false, kind: common(a, b)).made(of: a, b)
    }

    /// A number that is not none.
    private func filled(_ depth: Int) -> Piece {
        let a = numeric(depth: depth - 1)
        guard a.isNullable else { return a }
        return Piece(text: function("coalesce", [a.text, literal(like: a)]), isNullable: false,
                     kind: a.kind).made(of: a)
    }

    private func choice(_ depth: Int) -> Piece {
        let a = numeric(depth: depth - 1), b = numeric(depth: depth - 1)
        let text = "\(word("if", "若")) \(truth(depth: depth - 1)) \(spelling.word("then", "则"))"
            + " \(a.text) \(spelling.word("else", "否则")) \(b.text)"
        return Piece(text: spelling.bracket(text), isNullable: a.isNullable || b.isNullable,
                     kind: common(a, b)).made(of: a, b)
    }

    // MARK: texts and days

    func text(depth: Int) -> Piece {
        guard let item = random.pick(scope.filter { $0.isText && !isForbidden($0) }) else {
            return Piece(text: spelling.text("团委"), isNullable: false)
        }
        if random.chance(6), let unit = random.pick(scope.filter {
            $0.isUnit && !$0.isQuoted && !isForbidden($0)
        }), let whole = wholeText() {
            tags.insert("function:path")
            return Piece(text: function("path", [name(unit), whole]), isNullable: true)
        }
        let path = name(item)
        let filled = item.isNullable
            ? function("coalesce", [path, spelling.text("无")]) : path
        switch random.below(8) {
        case 0: return Piece(text: function("lower", [path]), isNullable: item.isNullable)
        case 1: return Piece(text: function("upper", [path]), isNullable: item.isNullable)
        case 2:
            return Piece(text: function("concat", [filled, spelling.text("-"), filled]),
                         isNullable: false)
        case 3: return Piece(text: filled, isNullable: false)
        case 4:
            let places = [random.from(1, to: 3), random.from(0, to: 4)].map { "\($0)" }
            return Piece(text: function("substring", [path] + places), isNullable: item.isNullable)
        default: return Piece(text: path, isNullable: item.isNullable)
        }
    }

    func day(depth: Int) -> Piece? {
        if table != nil, random.chance(8) {
            tags.insert("field:as_of")
            return Piece(text: spelling.word("as_of", "截至日"), isNullable: false)
        }
        guard let item = random.pick(scope.filter { $0.isDay && !isForbidden($0) }) else {
            return nil
        }
        let path = name(item)
        guard depth > 0, random.chance(20) else {
            return Piece(text: path, isNullable: item.isNullable)
        }
        let days = spelling.number(random.pick([1, 30, 31, 90, 365]) ?? 1)
        let operation = mark(random.chance(50) ? "+" : "-")
        return Piece(text: spelling.bracket("\(path) \(operation) \(days)"),
                     isNullable: item.isNullable)
    }
}
