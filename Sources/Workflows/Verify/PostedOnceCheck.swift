internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification

/// One activity has one live entry for each purpose: a month of its quantity, or of its emissions
/// in a role and so in a basis. A second one would count them twice, though each is right.
///
/// Coverage by certificates is left out: one certificate covers several consumptions of a month;
/// `CoverageCheck` bounds their sum.
struct PostedOnceCheck: RecordCheck {
    func pieces(of records: CheckedRecords) -> [VerifyPiece] {
        [
            VerifyPiece { () throws(Refusal) in
                try check(records)
                return VerifyCounts()
            }
        ]
    }

    private func check(_ records: CheckedRecords) throws(Refusal) {
        var gone: Set<RecordNumber> = []
        for leaf in records.leaves {
            if let reversed = leaf.record.entry?.entry.reversal?.entry { gone.insert(reversed) }
        }
        var live: [PostedEntries.Purpose: RecordNumber] = [:]
        for leaf in records.leaves {
            guard let booked = leaf.record.entry, !gone.contains(booked.number),
                !booked.entry.isCoverage, let purpose = PostedEntries.purpose(of: booked.entry)
            else { continue }
            if let first = live.updateValue(booked.number, forKey: purpose) {
                throw records.failure(
                    "entries \(first) and \(booked.number) post the same part of activity "
                        + "\(purpose.activity) twice")
            }
        }
    }
}
