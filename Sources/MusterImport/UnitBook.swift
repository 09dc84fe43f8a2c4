import MusterDiagnostics

/// The tree that people belong to: found by key, name, path or former key, and grown from paths
/// where no roster of it is given.
struct UnitBook {
    struct Node {
        /// Empty until it is known.
        var key: String
        var name: String
        var parent: Int?
        /// The number of its level, from the top's 0; nil where it was not said.
        var level: Int?
        /// By the place of the field of the tree's sheet.
        var values: [RosterValue?]
        var extras: [(name: String, value: RosterValue)] = []
        /// Known before: from a roster of units or an earlier snapshot.
        var isGiven: Bool
        /// Its place in the official order.
        var rank = Int.max
    }

    enum Finding: Equatable {
        case found(Int)
        case ambiguous([Int])
        case unknown
        /// It would be a new one, but one of that name stands below another.
        case withoutParent([Int])
    }

    private(set) var nodes: [Node] = []
    /// Whether what a path names and nobody knows is made.
    let grows: Bool
    private let separators: Set<Character> = ["/", "／", "\\", ">", "＞", "→", "|"]
    private var byKey: [String: Int] = [:]
    private var byFormerKey: [String: Int] = [:]
    private var byName: [String: [Int]] = [:]
    private var children: [Int: [String: [Int]]] = [:]

    init(grows: Bool) { self.grows = grows }

    // MARK: making

    /// Adds one. Its parent, where it has one, is there already or is set by `move`.
    @discardableResult
    mutating func add(_ node: Node, formerKeys: [String] = []) -> Int {
        let place = nodes.count
        var node = node
        if node.rank == .max { node.rank = place }
        nodes.append(node)
        if !node.key.isEmpty { byKey[node.key] = place }
        for key in formerKeys where byFormerKey[key] == nil { byFormerKey[key] = place }
        let name = Words.place(node.name)
        byName[name, default: []].append(place)
        children[node.parent ?? -1, default: [:]][name, default: []].append(place)
        return place
    }

    mutating func move(_ place: Int, below parent: Int) {
        let name = Words.place(nodes[place].name)
        children[nodes[place].parent ?? -1]?[name]?.removeAll { $0 == place }
        nodes[place].parent = parent
        children[parent, default: [:]][name, default: []].append(place)
    }

    mutating func set(_ value: RosterValue, _ field: Int, of place: Int) {
        nodes[place].values[field] = value
    }

    mutating func add(extras: [(name: String, value: RosterValue)], to place: Int) {
        for extra in extras where !nodes[place].extras.contains(where: { $0.name == extra.name }) {
            nodes[place].extras.append(extra)
        }
    }

    func node(key: String) -> Int? { byKey[key] }

    // MARK: finding

    /// What a cell names: a key, a name, a path, or a former key.
    mutating func find(_ text: String) -> Finding {
        let text = text.trimmed
        if let place = byKey[text] { return .found(place) }
        let named = byName[Words.place(text)] ?? []
        if named.count == 1 { return .found(named[0]) }
        if named.count > 1 { return .ambiguous(named) }
        let parts = text.split(whereSeparator: separators.contains)
            .map(\.trimmed).filter { !$0.isEmpty }
        if parts.count > 1 { return walk(parts.map { (nil, $0) }) }
        if let place = byFormerKey[text] { return .found(place) }
        return .unknown
    }

    /// What a name means below a row of the tree, at any depth.
    func find(_ text: String, below above: Int) -> Finding {
        let text = text.trimmed
        if let place = byKey[text], isBelow(place, above) { return .found(place) }
        let name = Words.place(text)
        let own = children[above]?[name] ?? []
        if own.count == 1 { return .found(own[0]) }
        let named = (byName[name] ?? []).filter { isBelow($0, above) }
        return named.count == 1 ? .found(named[0])
            : named.isEmpty ? .unknown : .ambiguous(named)
    }

    /// Follows the steps of a path, each with its level where that is known.
    mutating func walk(_ steps: [(level: Int?, name: String)]) -> Finding {
        var at: Int?
        for step in steps {
            let finding = at.map { find(step.name, below: $0) } ?? first(step)
            switch finding {
            case .found(let place): at = place
            case .unknown where grows && step.level != nil: at = grow(step, below: at)
            default: return finding
            }
        }
        return at.map { .found($0) } ?? .unknown
    }

    private func first(_ step: (level: Int?, name: String)) -> Finding {
        if let place = byKey[step.name.trimmed] { return .found(place) }
        var named = byName[Words.place(step.name)] ?? []
        let ofLevel = named.filter { step.level != nil && nodes[$0].level == step.level }
        if !ofLevel.isEmpty { named = ofLevel }
        if grows, step.level != nil, !named.contains(where: { nodes[$0].isGiven }) {
            let tops = named.filter { nodes[$0].parent == nil }
            if tops.count == 1 { return .found(tops[0]) }
            return named.isEmpty ? .unknown : .withoutParent(named)
        }
        return named.count == 1 ? .found(named[0])
            : named.isEmpty ? .unknown : .ambiguous(named)
    }

    private mutating func grow(_ step: (level: Int?, name: String), below parent: Int?) -> Int {
        let name = step.name.trimmed
        return add(Node(key: "", name: name, parent: parent, level: step.level, values: [],
                        isGiven: false))
    }

    func isBelow(_ place: Int, _ above: Int) -> Bool {
        var at = nodes[place].parent, steps = 0
        while let here = at, steps < nodes.count {
            if here == above { return true }
            at = nodes[here].parent
            steps += 1
        }
        return false
    }

    /// From the top down to it. A tree that goes round in a circle ends somewhere.
    func line(_ place: Int) -> [Int] {
        var line: [Int] = [], seen: Set<Int> = [], at: Int? = place
        while let here = at, seen.insert(here).inserted {
            line.append(here)
            at = nodes[here].parent
        }
        return line.reversed()
    }

    func path(_ place: Int) -> String {
        line(place).map { nodes[$0].name }.joined(separator: "/")
    }

    /// The lowest row of the tree that both are, or are below; nil where there is none.
    func common(_ a: Int, _ b: Int) -> Int? {
        zip(line(a), line(b)).reversed().first { $0 == $1 }?.0
    }

    /// The part of the tree within which a name and a birth tell a person: of the second level,
    /// or the top of its line.
    func part(_ place: Int) -> Int {
        let line = line(place)
        return line.first { nodes[$0].level == 1 } ?? line[0]
    }

    // MARK: the end

    /// Gives every row a key and, where paths began at several, one row above them all.
    mutating func finish(root: String) {
        for place in nodes.indices where nodes[place].key.isEmpty {
            var key = Self.key(path(place)), number = 2
            while byKey[key] != nil {
                key = Self.key(path(place) + "#\(number)")
                number += 1
            }
            nodes[place].key = key
            byKey[key] = place
        }
        let tops = nodes.indices.filter { nodes[$0].parent == nil }
        let highest = tops.compactMap { nodes[$0].level }.min() ?? 0
        guard grows, tops.count > 1, highest > 0, !tops.contains(where: { nodes[$0].isGiven })
        else { return }
        let top = add(Node(key: Self.key("/" + root), name: root, parent: nil, level: highest - 1,
                           values: [], isGiven: false, rank: -1))
        for place in tops { move(place, below: top) }
    }

    /// In the official order: as given, then as met; the row above all others first.
    var order: [Int] {
        nodes.indices.sorted { (nodes[$0].rank, $0) < (nodes[$1].rank, $1) }
    }

    /// The same for the same path, whatever else there is. (FNV-1a, 40 bits of it.)
    private static func key(_ path: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Words.folded(path).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String((hash ^ (hash >> 24)) & 0xFF_FFFF_FFFF, radix: 16)
        return "U" + String(repeating: "0", count: 10 - digits.count) + digits
    }
}
