import MusterBinding
import MusterPlan
import MusterStore

/// How a snapshot is pushed, wherever it goes.
package struct PushTerms: Sendable {
    package let domain: Domain
    /// Whether what stands under the snapshot's name is made anew.
    package let replaces: Bool
    package let isCancelled: @Sendable () -> Bool
    /// Told how much is done, in rows, of how much.
    package let progress: @Sendable (_ done: Int, _ total: Int) -> Void

    package init(domain: Domain, replaces: Bool = false,
                 isCancelled: @escaping @Sendable () -> Bool = { false },
                 progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }) {
        self.domain = domain
        self.replaces = replaces
        self.isCancelled = isCancelled
        self.progress = progress
    }
}

/// What of a snapshot is put into a database.
package struct PushContents {
    /// What will be said of it there.
    package let entry: PushedSnapshot
    package let description: SnapshotDescription
    package let parts: [PushedPart]
    /// The rows of the snapshot's own tables.
    package let rowCount: Int

    package init(_ snapshot: Snapshot, _ tables: [Table], domain: Domain) {
        let known = Dictionary(tables.map { ($0.name, $0) },
                               uniquingKeysWith: { first, _ in first })
        let pushed = domain.entities.compactMap { entity in
            known[entity.name].map { ($0, PushedTable($0, entity)) }
        }
        description = SnapshotDescription(snapshot, domain, tables: pushed.map(\.1))
        entry = PushedSnapshot(
            schema: Layout.schema(asOf: snapshot.asOf, fingerprint: snapshot.fingerprint),
            asOf: snapshot.asOf, fingerprint: snapshot.fingerprint, path: snapshot.path,
            version: Layout.version, description: description)
        parts = PushedParts(pushed, rejects: snapshot.rejects, domain: domain).all
        rowCount = pushed.reduce(0) { $0 + $1.1.rowCount }
    }
}

extension PushedPart {
    /// Bytes that are sent at a time.
    private static let blockSize = 1 << 18

    /// Gives all rows as bytes, some of them at a time, and each time how many were given; the
    /// last time perhaps none.
    package func forEachBlock(_ write: (_ row: Int, _ bytes: inout [UInt8]) -> Void,
                              _ put: (_ bytes: [UInt8], _ given: Int) throws -> Void) throws {
        var block: [UInt8] = [], given = 0
        block.reserveCapacity(Self.blockSize + 4096)
        try forEachRow { row in
            write(row, &block)
            given += 1
            guard block.count >= Self.blockSize else { return }
            try put(block, given)
            block.removeAll(keepingCapacity: true)
        }
        try put(block, given)
    }
}
