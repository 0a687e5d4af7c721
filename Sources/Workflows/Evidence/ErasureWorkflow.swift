internal import AuditTrail
internal import Diagnostics
package import Hashing
internal import LedgerCore
internal import LedgerStore

/// Takes the bytes of a document out of the book, for good: the hash, what was read from it and the
/// tree stay as they are.
package struct ErasureWorkflow: Sendable {
    package struct Report: Sendable {
        package let document: SHA256Digest
        /// What the document was named, or the members of the archive that it is.
        package let names: [String]
    }

    private let book: Book

    package init(book: Book) { self.book = book }

    /// - Parameters:
    ///   - text: The SHA-256 of the document, or the number of its record.
    ///   - basis: The rule that calls for the erasure.
    /// - Throws: `document-unknown`, `document-erased`, `archive-member-unclear` for one member of
    ///   an archive with others, `role-missing` for who is no administrator.
    package func erase(
        _ text: String, basis: String, reason: String, dryRun: Bool
    ) throws(Refusal) -> Report {
        let state = try book.state()
        let received = try received()
        let named = received.first { number, document in
            text == String(number) || text == document.digest.hexadecimal
                || text == document.home.hexadecimal
        }?.document
        guard let named else {
            throw refusal(
                .documentUnknown, "the book has received no document '\(Self.shown(text))'",
                "write its SHA-256 or the number of its record; 'tonne trace ENTRY' shows the hash")
        }
        let report = Report(
            document: named.home,
            names: received.map(\.document).filter { $0.home == named.home }.map(\.name))
        if let erasure = state.erasures[named.home] {
            throw refusal(
                .documentErased, "'\(named.name)' was erased by record \(erasure.number)",
                "its bytes are gone already; nothing is left to do")
        }
        guard report.names.count == 1 || text == named.home.hexadecimal else {
            throw refusal(
                .archiveMemberUnclear,
                "'\(named.name)' came in an archive with \(report.names.count - 1) more, which is "
                    + "erased as a whole or not at all",
                "to erase all of it: tonne erase \(named.home)")
        }
        let body = RecordBody.erasure(
            Erasure(document: named.home, basis: basis, reason: reason))
        if dryRun {
            try book.admit([body], onto: state.head.size)
        } else {
            try book.append([body], onto: state.head.size)
        }
        return report
    }

    private func received() throws(Refusal) -> [(number: Int, document: ReceivedDocument)] {
        let records = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(RecordSelection(kinds: [.document]))
        }
        return records.compactMap { stored in
            guard case .document(let document) = stored.record.body else { return nil }
            return (stored.record.number.value, document)
        }
    }

    private static func shown(_ text: String) -> String { DiagnosticRenderer.quoted(text) }

    private func refusal(_ code: DiagnosticCode, _ message: String, _ hint: String) -> Refusal {
        Refusal(Diagnostic(code, at: SourceLocation(file: book.path), message, hint: hint))
    }
}
