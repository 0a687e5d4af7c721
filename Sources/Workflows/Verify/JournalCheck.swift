internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification
internal import Series

/// Every entry follows from what it cites, to the last digit, or undoes an entry in front of it;
/// every series has the readings that its record states.
struct JournalCheck: RecordCheck {
    /// Records that are recomputed in one piece.
    private static let block = 1_024

    func pieces(of records: CheckedRecords) -> [VerifyPiece] {
        stride(from: 0, to: records.leaves.count, by: Self.block).map { start in
            let numbers = start..<min(start + Self.block, records.leaves.count)
            return VerifyPiece { () throws(Refusal) in
                var run = JournalCheckRun(records)
                for leaf in records.leaves[numbers] { try run.check(leaf.stored.record) }
                return run.counts
            }
        }
    }
}

/// One piece of the journal check, with the factors that it has read.
private struct JournalCheckRun {
    private let records: CheckedRecords
    private var shelf: SeriesShelf
    private var factors: [RecordNumber: CitedFactor] = [:]
    private(set) var counts = VerifyCounts()

    init(_ records: CheckedRecords) {
        self.records = records
        shelf = SeriesShelf(records.book)
    }

    mutating func check(_ record: LedgerRecord) throws(Refusal) {
        switch record.body {
        case .activity(let activity):
            try checkReadings(activity, "activity \(record.number)")
        case .waitingLine(let line):
            guard let activity = line.activity else { return }
            try checkReadings(activity, "line \(record.number)")
        case .factorSeries(let series):
            counts.chunks += 1
            let check = SeriesCheck(records: records, chunk: try shelf.chunk(series.chunk))
            try check.values(of: series, record.number)
        case .journal(let entry):
            counts.entries += 1
            if let calculation = entry.calculation {
                try recompute(entry, record.number, calculation)
                counts.recomputed += 1
            } else {
                try checkReversal(entry, record.number)
            }
        case .genesis, .organisation, .matchingRules, .gwpTable, .refrigerantBlend, .factor,
            .document, .decision, .periodClosing:
            return
        }
    }

    private mutating func checkReadings(
        _ activity: ActivityRecord, _ name: String
    ) throws(Refusal) {
        guard let series = activity.series else { return }
        counts.chunks += 1
        try SeriesCheck(records: records, chunk: try shelf.chunk(series.chunk))
            .readings(of: activity, series, name)
    }

    private mutating func recompute(
        _ entry: JournalEntry, _ number: RecordNumber, _ calculation: JournalEntry.Calculation
    ) throws(Refusal) {
        guard let activity = records.activity(calculation.activity, before: number) else {
            throw records.failure(
                "entry \(number) cites activity \(calculation.activity), which is none")
        }
        let factor = try factor(of: calculation, before: number)
        guard factor?.hash == calculation.factorHash,
            (factor == nil) == (calculation.factor == nil)
        else {
            throw records.failure(
                "entry \(number) cites a factor that is not the one in the book")
        }
        let series = factor?.bookedSeries
        let pair: SeriesPair? =
            if let series { try shelf.pair(activity, series.series) } else { nil }
        let expected: JournalEntry
        do {
            expected = try Recalculation.entry(
                calculation, activity: activity, factor: factor?.booked, series: series,
                pair: pair)
        } catch {
            throw records.failure("entry \(number) cannot be recomputed: \(error)")
        }
        guard expected != entry else { return }
        let difference = zip(entry.postings, expected.postings).first { $0 != $1 }
        let detail =
            difference.map {
                ": \($0.0.account) is \($0.0.amount) \($0.0.commodity), should be \($0.1.amount)"
            } ?? ""
        throw records.failure("entry \(number) does not follow from what it cites\(detail)")
    }

    /// What a calculation cites as its factor, read once a piece; `nil` for a record that is none.
    private mutating func factor(
        of calculation: JournalEntry.Calculation, before entry: RecordNumber
    ) throws(Refusal) -> CitedFactor? {
        guard let number = calculation.factor,
            let record = records.record(number, before: entry)
        else { return nil }
        if let known = factors[number] { return known }
        factors[number] = try CitedFactor(record, records.book)
        return factors[number]
    }

    private func checkReversal(_ entry: JournalEntry, _ number: RecordNumber) throws(Refusal) {
        guard let reversal = entry.reversal,
            let original = records.entry(reversal.entry, before: number)
        else {
            throw records.failure(
                "entry \(number) has neither a calculation nor an entry it reverses")
        }
        guard entry.postings == original.postings.map(\.reversed) else {
            throw records.failure("entry \(number) does not undo entry \(reversal.entry)")
        }
    }
}
