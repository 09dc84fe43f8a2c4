import MusterDiagnostics

/// Who is who: rows that are about one person become one.
///
/// A person is recognised by key, else by number, else by name and birth within the part of the
/// tree that sent the file; never by a name alone.
struct PersonBook {
    /// Where the fields stand that tell a person.
    struct Keys {
        let key: Int
        let name: Int
        let number: Int?
        let birth: Int?
    }

    struct Person {
        var values: [RosterValue?]
        var extras: [(name: String, value: RosterValue)]
        var owner: Int
        /// The first row that was about the person.
        let place: RowPlace
        /// The key it goes by; empty until given.
        var key = ""
    }

    /// One row's claim.
    struct Claim {
        let place: RowPlace
        let values: [RosterValue?]
        let extras: [(name: String, value: RosterValue)]
        let owner: Int
        /// Fields of which the sender said that they are right.
        let isConfirmed: Set<Int>
    }

    private struct Born: Hashable {
        let name: String
        let birth: Int32
        let part: Int
    }

    let keys: Keys
    private(set) var people: [Person] = []
    private(set) var questions: [Question] = []
    private var byKey: [String: Int] = [:]
    private var byNumber: [String: Int] = [:]
    private var byBirth: [Born: [Int]] = [:]
    private let fields: [ImportField]

    init(_ keys: Keys, _ fields: [ImportField]) {
        self.keys = keys
        self.fields = fields
    }

    func name(_ values: [RosterValue?]) -> String { text(values, keys.name) ?? "" }

    private func text(_ values: [RosterValue?], _ field: Int?) -> String? {
        guard let field, case .text(let text) = values[field] else { return nil }
        return text
    }

    private func born(_ values: [RosterValue?], _ part: Int) -> Born? {
        guard let birth = keys.birth, case .day(let day) = values[birth],
              let name = text(values, keys.name) else { return nil }
        return Born(name: Words.folded(name), birth: day, part: part)
    }

    // MARK: finding

    enum Finding {
        case person(Int)
        case nobody
        /// More than one could be meant.
        case several
    }

    /// Who is meant by what a row of something else says of a person.
    func find(key: String?, number: String?, name: String?, birth: Int32?, parts: [Int])
        -> Finding {
        if let key, !key.isEmpty { return byKey[key].map { .person($0) } ?? .nobody }
        if let number { return byNumber[number].map { .person($0) } ?? .nobody }
        guard let name, let birth else { return .nobody }
        let found = parts.flatMap {
            byBirth[Born(name: Words.folded(name), birth: birth, part: $0)] ?? []
        }
        return found.count == 1 ? .person(found[0]) : found.isEmpty ? .nobody : .several
    }

    // MARK: taking

    /// Takes a row. Returns whether it was taken; what is odd about it is asked.
    mutating func take(_ claim: Claim, part: Int, path: (Int) -> String) -> RowOutcome {
        let number = text(claim.values, keys.number), born = born(claim.values, part)
        if let key = text(claim.values, keys.key) {
            if let known = byKey[key] { return join(claim, known, part, path) }
            if let number, let known = byNumber[number] {
                ask(claim, keys.number, number, Message(
                    zh: "同一\(numberTitle.zh)有两个\(fields[keys.key].title.zh)（另一个是 \(who(known)) 的）",
                    en: "one \(numberTitle.en) with two ids (the other is that of \(who(known)))"), .odd)
            }
            return add(claim, key: key, number, born)
        }
        if let number, let known = byNumber[number] {
            let other = name(people[known].values)
            guard Words.folded(other) == Words.folded(name(claim.values)) else {
                ask(claim, keys.number, number, Message(
                    zh: "与“\(other)”的\(numberTitle.zh)相同而姓名不同，请核对号码或姓名",
                    en: "the \(numberTitle.en) is also that of \(other): see to the number or the name"),
                    .notTaken)
                return .asked
            }
            return join(claim, known, part, path)
        }
        if let born, let known = byBirth[born] {
            let open = known.filter { number == nil || text(people[$0].values, keys.number) == nil }
            if known.count == 1, open.count == 1 { return join(claim, known[0], part, path) }
            if number == nil {
                ask(claim, keys.number, "", Message(
                    zh: "有 \(known.count) 人同名同生日，无法判断是哪一个，请填\(numberTitle.zh)",
                    en: "\(known.count) people have this name and birth: give the \(numberTitle.en)"),
                    .notTaken)
                return .asked
            }
            ask(claim, keys.number, number ?? "", Message(
                zh: "与另一人同名同生日而\(numberTitle.zh)不同，按两人计，请核对",
                en: "the same name and birth as somebody of another \(numberTitle.en): counted as two"),
                .odd)
        }
        return add(claim, key: "", number, born)
    }

    private var numberTitle: Term { keys.number.map { fields[$0].title } ?? Term("number") }

    private func who(_ person: Int) -> String { name(people[person].values) }

    private mutating func add(_ claim: Claim, key: String, _ number: String?, _ born: Born?)
        -> RowOutcome {
        let index = people.count
        people.append(Person(values: claim.values, extras: claim.extras, owner: claim.owner,
                             place: claim.place, key: key))
        if !key.isEmpty { byKey[key] = index }
        if let number, byNumber[number] == nil { byNumber[number] = index }
        if let born { byBirth[born, default: []].append(index) }
        return .taken
    }

    /// Another row about somebody known: in the same place what each says is put together; in
    /// another the later one goes before.
    private mutating func join(_ claim: Claim, _ known: Int, _ part: Int,
                               _ path: (Int) -> String) -> RowOutcome {
        let moves = people[known].owner != claim.owner
        if moves {
            let before = path(people[known].owner)
            ask(claim, placeField, path(claim.owner), Message(
                zh: "在两份名册中：另一份在“\(before)”，按本份计",
                en: "on two rosters: also on that of \(before); counted here"), .odd)
            people[known].owner = claim.owner
        }
        for (field, value) in claim.values.enumerated() {
            guard let value, field != keys.key else { continue }
            guard let before = people[known].values[field] else {
                people[known].values[field] = value
                continue
            }
            if before == value { continue }
            if moves {
                people[known].values[field] = value
            } else if field != keys.name {
                ask(claim, field, value.shown, Message(
                    zh: "同一人的两行不一致：前一行是 \(before.shown)，按前一行计",
                    en: "two rows of one person differ: the one before says "
                        + "\(before.shown), which is kept"), .odd)
            }
        }
        for extra in claim.extras {
            if let at = people[known].extras.firstIndex(where: { $0.name == extra.name }) {
                if moves { people[known].extras[at] = extra }
            } else {
                people[known].extras.append(extra)
            }
        }
        if let number = text(people[known].values, keys.number), byNumber[number] == nil {
            byNumber[number] = known
        }
        if let born = born(people[known].values, part), byBirth[born]?.contains(known) != true {
            byBirth[born, default: []].append(known)
        }
        return .taken
    }

    private var placeField: Int? {
        fields.firstIndex { if case .place = $0.reading { true } else { false } }
    }

    private mutating func ask(_ claim: Claim, _ field: Int?, _ value: String, _ reason: Message,
                              _ kind: Question.Kind) {
        if let field, kind == .odd, claim.isConfirmed.contains(field) { return }
        let asked = field.map { fields[$0] }
        questions.append(Question(
            place: claim.place, name: name(claim.values), owner: claim.owner,
            field: asked?.title ?? Term("row", "整行"), isSensitive: asked?.isSensitive ?? false,
            value: value, reason: reason, kind: kind))
    }

    // MARK: keys

    /// Gives everybody a key: the one they had, else a new one that tells nothing about them.
    mutating func finish(known: KnownPeople, part: (Int) -> Int) -> (kept: Int, new: Int) {
        var taken = Set(byKey.keys).union(known.keys)
        var kept = 0, new = 0, next = 1
        var given: Set<String> = Set(byKey.keys)
        for person in people where !person.key.isEmpty {
            if known.keys.contains(person.key) { kept += 1 } else { new += 1 }
        }
        for index in people.indices where people[index].key.isEmpty {
            let values = people[index].values
            let found = known.key(
                number: text(values, keys.number), name: text(values, keys.name),
                birth: keys.birth.flatMap { field -> Int32? in
                    guard case .day(let day) = values[field] else { return nil }
                    return day
                }, part: part(people[index].owner))
            if let found, given.insert(found).inserted {
                people[index].key = found
                kept += 1
                continue
            }
            var key = ""
            repeat {
                let digits = String(next)
                key = "P" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
                next += 1
            } while !taken.insert(key).inserted
            people[index].key = key
            given.insert(key)
            new += 1
        }
        return (kept, new)
    }
}

/// People of an earlier snapshot, by what they are recognised by.
struct KnownPeople {
    private(set) var keys: Set<String> = []
    private var byNumber: [String: String] = [:]
    /// By name and birth, with the key of the part of the tree; nil where several are.
    private var byBirth: [String: [(part: String, key: String, number: String?)]] = [:]
    private var partKey: (Int) -> String = { _ in "" }

    init() {}

    mutating func add(key: String, number: String?, name: String?, birth: Int32?, part: String) {
        keys.insert(key)
        if let number, byNumber[number] == nil { byNumber[number] = key }
        if let name, let birth {
            byBirth[Words.folded(name) + "\u{1}" + String(birth), default: []]
                .append((part, key, number))
        }
    }

    /// How a part of the new tree was called.
    mutating func follow(_ partKey: @escaping (Int) -> String) { self.partKey = partKey }

    func key(number: String?, name: String?, birth: Int32?, part: Int) -> String? {
        if let number, let key = byNumber[number] { return key }
        guard let name, let birth else { return nil }
        let part = partKey(part)
        let found = (byBirth[Words.folded(name) + "\u{1}" + String(birth)] ?? []).filter {
            $0.part == part && (number == nil || $0.number == nil)
        }
        return found.count == 1 ? found[0].key : nil
    }
}
