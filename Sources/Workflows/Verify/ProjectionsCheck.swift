internal import AuditTrail
internal import Hashing
internal import LedgerStore

/// Every table and index of the store, computed anew from the records and compared.
struct ProjectionsCheck: RecordCheck {
    func pieces(of records: CheckedRecords) -> [VerifyPiece] {
        [
            VerifyPiece { () throws(Refusal) in
                let documents = EvidenceCheck.received(records).filter { $0.place == nil }
                let sizes = Dictionary(
                    documents.compactMap { document in
                        Int(document.size).map { (document.digest, $0) }
                    }, uniquingKeysWith: { first, _ in first })
                let difference = try records.book.asking { () throws(LedgerStoreError) in
                    try records.book.store.projectionDifference(
                        from: records.leaves, documents: sizes)
                }
                if let difference {
                    throw records.failure("the projections differ: \(difference)")
                }
                return VerifyCounts()
            }
        ]
    }
}
