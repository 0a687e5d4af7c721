internal import AuditTrail
internal import Diagnostics
package import Documents
internal import Hashing
package import ImportKit
package import Threads

/// A document that was read before the book was asked about it.
package struct ReadDocument: Sendable {
    package let document: Document
    /// What it says; `nil` for one that the book holds already.
    package let imported: ImportedDocument?
}

extension ImportWorkflow {
    /// Bytes of all files that are read ahead: what they say is held until its turn, and takes ten
    /// times their room. Larger files are not held in memory, so that they could change meanwhile.
    private static let limit = 4 << 20
    /// Enough that the reader goes on while the book waits for the disk.
    private static let count = 64

    /// Reads files ahead of their import, on another core.
    ///
    /// - Returns: In the order of the sources, `nil` for one that is to be read when it is its
    ///   turn: a large file, an archive, one that cannot be read.
    package func ahead(
        of sources: [ImportSource], in session: ImportSession
    ) -> Ahead<ReadDocument?> {
        let known = Set(session.state.documents.map(\.digest))
        let catalog = catalog
        return Ahead(weights: sources.map(\.size), limit: Self.limit, count: Self.count) { index in
            Self.read(sources[index], catalog, known)
        }
    }

    private static func read(
        _ source: ImportSource, _ catalog: ImporterCatalog, _ known: Set<SHA256Digest>
    ) -> ReadDocument? {
        // The size of standard input, or of a member that a path names, is not known.
        guard (1...limit).contains(source.size) else { return nil }
        guard let (received, member) = try? BookFiles.received(source),
            case .document(let document)? = try? catalog.open(received, member: member)
        else { return nil }
        let isKnown = known.contains(document.digest)
        return ReadDocument(
            document: document, imported: isKnown ? nil : catalog.read(document))
    }
}
