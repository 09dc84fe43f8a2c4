@testable import MusterStore

/// The bytes of a cache that somebody changed and signed anew: what stands in it is no longer
/// caught by digests, and must be caught by what it says.
enum ForgedCache {
    /// The contents with the right head before them, and some sections behind.
    static func file(contents: [UInt8], sections: [UInt8]) -> [UInt8] {
        let base = CacheFile.base(contents: contents.count)
        var file = CacheWriter.head(contents, size: base + sections.count) + contents
        file += [UInt8](repeating: 0, count: base - file.count)
        return file + sections
    }

    /// What stands behind the contents of a sound file.
    static func sections(of file: [UInt8], _ contents: CacheContents) -> [UInt8] {
        Array(file[CacheFile.base(contents: contents.bytes.count)...])
    }

    /// A file whose sections are those, each with its digest as it now is.
    static func signed(_ contents: CacheContents, _ sections: [UInt8]) -> [UInt8] {
        func anew(_ section: CacheSection) -> CacheSection {
            let end = section.place + section.count
            guard end <= sections.count else { return section }
            let digest = sections.withUnsafeBytes {
                Digest(UnsafeRawBufferPointer(rebasing: $0[section.place..<end]))
            }
            return CacheSection(place: section.place, count: section.count, digest: digest)
        }
        let signed = CacheContents(
            maker: contents.maker, begun: contents.begun, sources: contents.sources,
            asOf: contents.asOf, source: contents.source, targets: contents.targets,
            fingerprint: contents.fingerprint, rejectCounts: contents.rejectCounts,
            rejects: anew(contents.rejects), tables: contents.tables.map { table in
                CachedTable(
                    name: table.name, rowCount: table.rowCount, undeclared: table.undeclared,
                    hidden: table.hidden, roundedRows: table.roundedRows.map(anew),
                    columns: table.columns.map { column in
                        CachedColumn(name: column.name, kind: column.kind, places: column.places,
                                     target: column.target, sections: column.sections.map(anew))
                    })
            })
        return file(contents: signed.bytes, sections: sections)
    }

    /// Reads all that there is in a cache. Nil where it is refused as a whole.
    static func everything(_ path: String) -> [Column?]? {
        guard let cache = try? CacheFile(path) else { return nil }
        let tables = cache.contents.tables
        let counts = Dictionary(tables.map { ($0.name, $0.rowCount) },
                                uniquingKeysWith: { first, _ in first })
        _ = cache.rejects()
        return tables.flatMap { table in
            table.columns.map { cache.column($0, rowCounts: counts) }
        }
    }
}
