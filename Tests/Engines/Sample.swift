import Foundation
import MusterBinding
import MusterEngine
import MusterLeague
import MusterStore

/// A snapshot of the project's, with all its tables.
package struct Sample {
    package let data: DataSet
    package let tables: [Table]

    package var snapshot: Snapshot { data.snapshot }

    package static let domain = League.domain()

    private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    package init(_ name: String) throws {
        let loader = SnapshotLoader(schema: Self.domain.schema,
                                    discretion: Self.domain.discretion)
        try self.init(loader.load(Self.top.appending(path: "samples/\(name)").path))
    }

    package init(_ snapshot: Snapshot) throws {
        let data = DataSet(snapshot, domain: Self.domain)
        let registry = Registry(domain: Self.domain, statements: [])
        let run = Run(Environment(domain: Self.domain, registry: registry, dataSets: [data]))
        self.data = data
        tables = try Self.domain.entities.compactMap { entity in
            try data.prepare(entity.name, run)
            return data.table(entity.name)
        }
    }

    /// The same with some of the tables as they are given, and other targets.
    package func with(_ changed: [Table] = [], targets: [ManifestTarget]? = nil) throws -> Sample {
        var tables = snapshot.tables
        for table in changed { tables[table.name] = table }
        return try Sample(Snapshot(
            path: snapshot.path, asOf: snapshot.asOf, source: snapshot.source,
            targets: targets ?? snapshot.targets, tables: tables, rejects: snapshot.rejects,
            fingerprint: snapshot.fingerprint))
    }

    package func table(_ name: String) -> Table? { tables.first { $0.name == name } }
}

extension Column {
    /// What it holds, for comparisons: texts as such, none as nil.
    package var contents: Contents {
        switch self {
        case .text(let codes, let texts): .texts(codes.map { $0 < 0 ? nil : texts[$0] })
        case .day(let values): .numbers(values.map { Int64($0) }, "day")
        case .integer(let values): .numbers(values, "integer")
        case .hundredths(let values): .numbers(values.map { Int64($0) }, "hundredths")
        case .decimal(let values, let places): .numbers(values, "decimal \(places)")
        case .double(let values): .numbers(values.map {
            $0.isNaN ? Int64.min : Int64(bitPattern: $0.bitPattern)
        }, "double")
        case .bool(let values): .numbers(values.map { Int64($0) }, "bool")
        case .reference(let rows, let table): .numbers(rows.map { Int64($0) }, "row of \(table)")
        }
    }

    package enum Contents: Equatable {
        case texts([String?])
        case numbers([Int64], String)
    }
}
