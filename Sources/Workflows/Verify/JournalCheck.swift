internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import LedgerStore

/// Every entry follows from what it cites, to the last digit, or undoes an entry in front of it;
/// every series has the readings that its record states.
struct JournalCheck: RecordCheck {
    /// Records that are recomputed in one piece.
    private static let block = 1_024

    func pieces(of records: CheckedRecords) -> [VerifyPiece] {
        stride(from: 0, to: records.leaves.count, by: Self.block).map { start in
            let numbers = start..<min(start + Self.block, records.leaves.count)
            return VerifyPiece { () throws(Refusal) in
                var recalculation = EntryRecalculation(
                    records.book, record: { records.record($0, before: $1) })
                var counts = VerifyCounts()
                for leaf in records.leaves[numbers] {
                    let record = leaf.record
                    if let fault = try recalculation.fault(of: record) {
                        throw records.failure(fault)
                    }
                    counts.add(record.body)
                }
                return counts
            }
        }
    }
}

extension VerifyCounts {
    fileprivate mutating func add(_ body: RecordBody) {
        switch body {
        case .activity(let activity): chunks += activity.series == nil ? 0 : 1
        case .waitingLine(let line): chunks += line.activity?.series == nil ? 0 : 1
        case .factorSeries: chunks += 1
        case .journal(let entry):
            entries += 1
            recomputed += entry.calculation == nil ? 0 : 1
        default: return
        }
    }
}
