package import Hashing
package import Inventory

/// The next invoices of a document whose list is too long for one record.
package struct DocumentPart: Hashable, Sendable, Codable {
    /// The document in front of it.
    package let document: SHA256Digest
    package let invoices: [InvoiceHead]

    package init(document: SHA256Digest, invoices: [InvoiceHead]) {
        self.document = document
        self.invoices = invoices
    }
}

/// The records of a document: one, or a first one and the parts of its list of invoices behind it.
package enum DocumentRecords {
    /// - Throws: what cannot be encoded.
    package static func bodies(
        of document: ReceivedDocument
    ) throws(CanonicalJSONError) -> [RecordBody] {
        var lists: [[InvoiceHead]] = [[]]
        var room = PartRoom()
        for invoice in document.invoices ?? [] {
            if try room.isTooSmall(for: invoice) { lists.append([]) }
            lists[lists.count - 1].append(invoice)
        }
        guard lists.count > 1 else { return [.document(document)] }
        var first = document
        first.invoices = lists.removeFirst()
        return [.document(first)]
            + lists.map { .documentPart(DocumentPart(document: document.digest, invoices: $0)) }
    }
}

/// Follows the documents of a book and their parts, record by record.
package struct DocumentFold: Sendable {
    /// The document whose parts may come next.
    private var open: SHA256Digest?

    package init() {}

    /// Takes the next record of the book.
    ///
    /// - Returns: `false` for a part that does not stand behind its document or another part of it.
    package mutating func add(_ body: RecordBody) -> Bool {
        switch body {
        case .document(let document): open = document.digest
        case .documentPart(let part): return part.document == open
        case _: open = nil
        }
        return true
    }
}
