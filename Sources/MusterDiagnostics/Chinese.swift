extension Unicode.Scalar {
    /// Han characters, their radicals and punctuation, and what else is as wide: from U+2E80 on.
    package var isChinese: Bool { value >= 0x2E80 }
}

extension StringProtocol {
    /// Whether some of it is Chinese.
    package var holdsChinese: Bool { unicodeScalars.contains { $0.isChinese } }

    /// Whether it begins so.
    package var beginsChinese: Bool { unicodeScalars.first?.isChinese == true }
}
