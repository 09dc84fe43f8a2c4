/// Bytes in order, of a file as it stands or as it was decoded.
protocol ByteReader: AnyObject {
    var path: String { get }
    /// Bytes handed out so far.
    var position: Int { get }
    /// How far the reading has come on disk, for progress.
    var consumed: Int { get }
    /// Reads up to `count` bytes; 0 only at the end.
    func read(into memory: UnsafeMutableRawPointer, count: Int) throws -> Int
}
