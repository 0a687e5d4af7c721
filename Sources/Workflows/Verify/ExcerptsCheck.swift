internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore

/// Every excerpt that a record cites is in the book under its commitment, is cited with the
/// document that it is kept with, and is gone where the document was erased.
struct ExcerptsCheck: RecordCheck {
    func pieces(of records: CheckedRecords) -> [VerifyPiece] {
        [
            VerifyPiece { () throws(Refusal) in
                let cited = CitedExcerpts(records.leaves.lazy.map(\.record))
                if let fault = try cited.fault(in: records.book, absent: records.absent) {
                    throw records.failure(fault)
                }
                return VerifyCounts()
            }
        ]
    }
}

/// The excerpts that some records cite.
struct CitedExcerpts {
    /// By commitment: the record that cites it first, and the file that its document came in.
    private var cited: [SHA256Digest: (record: RecordNumber, home: SHA256Digest)] = [:]
    private var erased: Set<SHA256Digest> = []

    init(_ records: some Sequence<LedgerRecord>) {
        var homes: [SHA256Digest: SHA256Digest] = [:]
        for record in records {
            switch record.body {
            case .document(let document): homes[document.digest] = document.home
            case .erasure(let erasure): erased.insert(erasure.document)
            case let body:
                for evidence in body.citedEvidence {
                    guard let commitment = evidence.excerpt, cited[commitment] == nil
                    else { continue }
                    let home = homes[evidence.document] ?? evidence.document
                    cited[commitment] = (record.number, home)
                }
            }
        }
    }

    /// - Parameter absent: Files that a pack leaves out, and their excerpts with them.
    /// - Returns: The first excerpt that is missing or has no place in the book, in words.
    func fault(in book: Book, absent: Set<SHA256Digest>) throws(Refusal) -> String? {
        var open = cited.filter { !absent.contains($0.value.home) }
        var fault: String?
        try book.asking { () throws(LedgerStoreError) in
            try book.store.readExcerpts { excerpt in
                guard fault == nil else { return }
                if let known = open.removeValue(forKey: excerpt.commitment) {
                    fault = self.fault(of: excerpt, known)
                } else {
                    fault =
                        "an excerpt of document \(excerpt.home) was altered or put in: no record "
                        + "commits to its text"
                }
            }
        }
        if let fault { return fault }
        let missing = open.filter { !erased.contains($0.value.home) }
        return missing.min { $0.value.record < $1.value.record }.map {
            "the excerpt \($0.key) that record \($0.value.record) cites is missing from the book"
        }
    }

    private func fault(
        of excerpt: ExcerptOpening, _ known: (record: RecordNumber, home: SHA256Digest)
    ) -> String? {
        if excerpt.home != known.home {
            return "the excerpt \(excerpt.commitment) is kept with another document than record "
                + "\(known.record) cites"
        }
        guard erased.contains(known.home) else { return nil }
        return "the excerpt \(excerpt.commitment) is in the book, and its document was erased"
    }
}
