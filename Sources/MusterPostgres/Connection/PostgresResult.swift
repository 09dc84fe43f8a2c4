import CPostgres

/// What a statement came to, as libpq holds it.
final class PostgresResult {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }
    deinit { muster_pq_clear(handle) }

    var status: Int32 { muster_pq_result_status(handle) }
    var rowCount: Int { Int(muster_pq_row_count(handle)) }
    var columnCount: Int { Int(muster_pq_column_count(handle)) }

    /// The number of a column's type in `pg_type`.
    func type(_ column: Int) -> UInt32 { muster_pq_column_type(handle, Int32(column)) }

    /// A value's bytes while this object lives; nil for NULL.
    func bytes(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8>? {
        var count: Int32 = 0
        guard let start = muster_pq_value(handle, Int32(row), Int32(column), &count) else {
            return nil
        }
        return UnsafeBufferPointer(start: start, count: Int(count))
    }

    /// SQLSTATE, or nil where it is no error that the server told of.
    var state: String? { field("C") }
    /// What the server says, in its language.
    var message: String { field("M") ?? "" }

    private func field(_ name: Character) -> String? {
        muster_pq_result_field(handle, CChar(name.asciiValue ?? 0)).map { String(cString: $0) }
    }
}
