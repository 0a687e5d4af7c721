internal import AuditTrail
internal import LedgerStore

/// What is several records is whole: each part of an organisation, a document or matching
/// rules stands where it belongs, and none of an organisation is missing.
struct PartsCheck: RecordCheck {
    func pieces(of records: CheckedRecords) -> [VerifyPiece] {
        [
            VerifyPiece { () throws(Refusal) in
                var organisations = OrganisationFold()
                var parts = PartFold()
                for leaf in records.leaves {
                    let record = leaf.record
                    guard organisations.add(record.body) else {
                        throw records.failure(
                            "record \(record.number) stands where no organisation is whole")
                    }
                    guard parts.add(record.body) else {
                        throw records.failure(
                            "record \(record.number) is a part of what does not stand in front "
                                + "of it")
                    }
                }
                guard !organisations.isOpen else {
                    throw records.failure("the last organisation is not whole: a part is missing")
                }
                return VerifyCounts()
            }
        ]
    }
}
