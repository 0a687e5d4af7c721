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
        var lists = try PartRoom.lists(of: document.invoices ?? [])
        guard lists.count > 1 else { return [.document(document)] }
        var first = document
        first.invoices = lists.removeFirst()
        return [.document(first)]
            + lists.map { .documentPart(DocumentPart(document: document.digest, invoices: $0)) }
    }
}

/// The records of matching rules: one, or a first one and those that do not fit into it.
package enum MatchingRuleRecords {
    /// - Throws: what cannot be encoded.
    package static func bodies(
        of rules: [MatchingRule]
    ) throws(CanonicalJSONError) -> [RecordBody] {
        let lists = try PartRoom.lists(of: rules)
        return [.matchingRules(lists[0])] + lists.dropFirst().map { .matchingRulesPart($0) }
    }
}

/// Follows what may have parts that state no number of them, record by record.
package struct PartFold: Sendable {
    private enum Open: Hashable {
        case document(SHA256Digest)
        case matchingRules
    }

    /// What the parts that may come next are of.
    private var open: Open?

    package init() {}

    /// Takes the next record of the book.
    ///
    /// - Returns: `false` for a part that does not stand behind what it is of or another such part.
    package mutating func add(_ body: RecordBody) -> Bool {
        switch body {
        case .document(let document): open = .document(document.digest)
        case .documentPart(let part): return open == .document(part.document)
        case .matchingRules: open = .matchingRules
        case .matchingRulesPart: return open == .matchingRules
        case _: open = nil
        }
        return true
    }
}
