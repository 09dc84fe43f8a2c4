extension Unicode.Scalar {
    /// Is not seen where it stands, or changes how what stands around it is seen: controls, line
    /// separators, overrides of direction, what has no width, and tags. Selectors of a character's
    /// variant are not among them: names are written with those.
    package var isHidden: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E,
             0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0,
             0xFFF9...0xFFFB, 0x1D173...0x1D17A, 0xE0000...0xE00FF, 0xE01F0...0xE0FFF: true
        default: false
        }
    }

    /// White space, or not seen: what people do not know to be in a text, and so do not mean.
    package var isBlank: Bool { properties.isWhitespace || isHidden }

    /// By its number, as a text of the escapes of Swift and Rust: `\u{1b}`.
    fileprivate var spelt: String {
        switch self {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{" + String(value, radix: 16) + "}"
        }
    }
}

extension StringProtocol {
    /// Without what is blank at its ends.
    package var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.isBlank }),
              let last = scalars.lastIndex(where: { !$0.isBlank }) else { return "" }
        return String(String.UnicodeScalarView(scalars[first...last]))
    }

    /// Without anything blank.
    package var withoutBlanks: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isBlank }))
    }

    /// Whether all of it is blank, or there is nothing.
    package var isBlank: Bool { unicodeScalars.allSatisfy(\.isBlank) }
}

/// The same text with every character that is not seen spelt out: data cannot steer a terminal,
/// nor look like other data. What joins two pictures to one (👩‍🏫) is left.
package func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isHidden) else { return text }
    var shown = ""
    var before: Unicode.Scalar?
    let scalars = text.unicodeScalars
    for index in scalars.indices {
        let scalar = scalars[index]
        defer { before = scalar }
        let next = scalars.index(after: index)
        if scalar.value == 0x200D, let before, isPicture(before), next < scalars.endIndex,
           isPicture(scalars[next]) {
            shown.unicodeScalars.append(scalar)
        } else if scalar.isHidden {
            shown += scalar.spelt
        } else {
            shown.unicodeScalars.append(scalar)
        }
    }
    return shown
}

/// Line by line: the breaks stay what they are.
package func visibleLines(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isHidden) else { return text }
    let unix = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    return unix.split(separator: "\n", omittingEmptySubsequences: false)
        .map { visible(String($0)) }.joined(separator: "\n")
}

private func isPicture(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x2190 && scalar.properties.isEmoji || scalar.value == 0xFE0F
        || (0x1F3FB...0x1F3FF).contains(scalar.value)
}
