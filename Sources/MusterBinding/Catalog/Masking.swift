/// A sensitive text as it may be shown: everything but the last character as asterisks.
package func masked(_ text: String) -> String {
    String(repeating: "*", count: max(0, text.count - 1)) + text.suffix(1)
}
