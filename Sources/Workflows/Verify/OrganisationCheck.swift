internal import AuditTrail
internal import LedgerStore

/// An organisation in parts is whole: each part stands where it belongs, and none is missing.
struct OrganisationCheck: RecordCheck {
    func pieces(of records: CheckedRecords) -> [VerifyPiece] {
        [
            VerifyPiece { () throws(Refusal) in
                var organisations = OrganisationFold()
                for leaf in records.leaves where !organisations.add(leaf.stored.record.body) {
                    throw records.failure(
                        "record \(leaf.stored.record.number) stands where no organisation is whole")
                }
                guard !organisations.isOpen else {
                    throw records.failure("the last organisation is not whole: a part is missing")
                }
                return VerifyCounts()
            }
        ]
    }
}
