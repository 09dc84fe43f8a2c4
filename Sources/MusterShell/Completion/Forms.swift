import MusterValues

/// Several spellings of each of many names, in one piece of memory.
struct Forms: Sendable {
    private var bytes: [UInt8] = [0x0A]
    private var starts: [Int] = []
    /// Stands between spellings.
    private static var mark: UInt8 { 0x0A }

    /// What is added from here on belongs to the next name.
    mutating func begin() { starts.append(bytes.count) }

    mutating func add(_ spelling: some Sequence<UInt8>) {
        bytes.append(contentsOf: spelling)
        bytes.append(Forms.mark)
    }

    /// Adds a part of a spelling: `end` ends it.
    mutating func put(_ part: Slice<UnsafeBufferPointer<UInt8>>) {
        bytes.append(contentsOf: part)
    }

    mutating func end() { bytes.append(Forms.mark) }

    /// Adds a text in lower case.
    mutating func add(lowercase text: SimpleText) {
        guard text.isSimple else {
            return add(String(decoding: text.bytes, as: UTF8.self).lowercased().utf8)
        }
        let start = bytes.count
        bytes.append(contentsOf: text.bytes)
        for place in start..<bytes.count where (0x41...0x5A).contains(bytes[place]) {
            bytes[place] |= 0x20
        }
        bytes.append(Forms.mark)
    }

    /// Tells of every place where the text stands: in which name's spelling, whether at its
    /// beginning, whether at its end.
    func search(_ text: [UInt8], _ found: (_ name: Int, _ isStart: Bool, _ isEnd: Bool) -> Void) {
        guard !text.isEmpty, !text.contains(Forms.mark) else { return }
        let search = ByteSearch(text)
        bytes.withUnsafeBufferPointer { memory in
            starts.withUnsafeBufferPointer { starts in
                var from = 0, name = 0
                while let at = search.next(in: memory, from: from) {
                    while name + 1 < starts.count, starts[name + 1] <= at { name += 1 }
                    found(name, memory[at - 1] == Forms.mark,
                          memory[at + text.count] == Forms.mark)
                    from = at + 1
                }
            }
        }
    }
}

/// A text whose characters are looked at one by one, if that is all there is to them.
struct SimpleText {
    let bytes: Slice<UnsafeBufferPointer<UInt8>>
    /// Whether each of its scalars is a character by itself, and one that has no case or that of
    /// ASCII: ASCII without controls, Chinese characters and the usual punctuation with them.
    let isSimple: Bool

    init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        self.bytes = bytes
        isSimple = SimpleText.scalars(bytes) { _ in }
    }

    /// The scalars of a simple text.
    func scalars(_ body: (UInt16) -> Void) { _ = SimpleText.scalars(bytes, body) }

    /// Whether all are simple; up to the first that is not.
    @inline(__always)
    private static func scalars(_ bytes: Slice<UnsafeBufferPointer<UInt8>>,
                                _ body: (UInt16) -> Void) -> Bool {
        let memory = UnsafeBufferPointer(rebasing: bytes)
        var place = 0
        while place < memory.count {
            let first = memory[place]
            if (0x20...0x7E).contains(first) {
                body(UInt16(first))
                place += 1
                continue
            }
            guard first & 0xF0 == 0xE0, place + 2 < memory.count else { return false }
            let scalar = UInt16(first & 0xF) << 12 | UInt16(memory[place + 1] & 0x3F) << 6
                | UInt16(memory[place + 2] & 0x3F)
            switch scalar {
            case 0x3001...0x3011, 0x4E00...0x9FFF, 0xFF08...0xFF09: body(scalar)
            default: return false
            }
            place += 3
        }
        return true
    }
}
