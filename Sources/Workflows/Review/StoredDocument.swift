internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import Hashing
internal import LedgerStore

/// Documents as the book keeps them.
enum StoredDocument {
    /// The document that was read, taken out of its archive again where it came in one.
    ///
    /// - Returns: `nil` if the book does not hold it.
    /// - Throws: what the archive is refused for.
    static func document(
        _ received: ReceivedDocument, in book: Book
    ) throws(Refusal) -> Document? {
        let digest = received.home
        let bytes = try book.asking { () throws(LedgerStoreError) in
            try book.store.evidence(digest)
        }
        guard let bytes else { return nil }
        let stored = Document(name: received.name, bytes: bytes)
        guard let member = received.place?.member else { return stored }
        do throws(Diagnostic) {
            if case .archive(let archive) = try UnpackedFile.open(stored),
                let entry = archive.entry(named: member)
            {
                return try archive.document(entry)
            }
            guard case .document(let taken) = try UnpackedFile.open(stored, member: member)
            else { return nil }
            return taken
        } catch {
            throw Refusal(error)
        }
    }
}
