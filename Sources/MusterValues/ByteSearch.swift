import Glibc

/// Looks for one text's bytes in much memory, again and again.
public struct ByteSearch: Sendable {
    public let text: [UInt8]
    /// By the byte that stands where the text would end: how far on it may end at the soonest.
    private let skips: [UInt8]

    /// - Parameter text: not empty.
    public init(_ text: [UInt8]) {
        precondition(!text.isEmpty)
        self.text = text
        // Horspool's; a shorter way than could be gone misses nothing.
        var skips = [UInt8](repeating: UInt8(clamping: text.count), count: 256)
        for (place, byte) in text.dropLast().enumerated() {
            skips[Int(byte)] = UInt8(clamping: text.count - 1 - place)
        }
        self.skips = skips
    }

    /// Where it stands next, at a place or behind it; nil where it does not.
    public func next(in memory: UnsafeBufferPointer<UInt8>, from place: Int) -> Int? {
        guard let base = memory.baseAddress, place >= 0,
              text.count <= memory.count - place else { return nil }
        if text.count == 1 {
            return memchr(base + place, Int32(text[0]), memory.count - place).map {
                UnsafeRawPointer($0) - UnsafeRawPointer(base)
            }
        }
        let last = text.count - 1
        return text.withUnsafeBufferPointer { text in
            skips.withUnsafeBufferPointer { skips -> Int? in
                guard let wanted = text.baseAddress, let skip = skips.baseAddress
                else { return nil }
                var end = place + last
                while end < memory.count {
                    let byte = base[end]
                    if byte == wanted[last], memcmp(base + (end - last), wanted, last) == 0 {
                        return end - last
                    }
                    end += Int(skip[Int(byte)])
                }
                return nil
            }
        }
    }
}
