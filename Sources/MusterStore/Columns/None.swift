/// How each physical type says "none": a value outside its domain, so that no mask is needed.
public enum None {
    /// Days, months, years, references, and dictionary codes have their own.
    public static let day = Int32.max
    public static let code: Int32 = -1
    public static let row: Int32 = -1
    public static let integer = Int64.min
    public static let short = Int32.min
    public static let bool: UInt8 = 2
    public static let double = Double.nan
}
