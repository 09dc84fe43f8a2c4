extension String {
    /// The text with something else for each such mark: a quote within quotes, say. A mark is one
    /// whatever combines with it; as a `Character` it would be another one then.
    package func replacing(mark: Unicode.Scalar, with other: String) -> String {
        var all = UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar == mark { all.append(contentsOf: other.unicodeScalars) } else {
                all.append(scalar)
            }
        }
        return String(all)
    }
}
