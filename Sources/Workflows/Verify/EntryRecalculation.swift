internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification
internal import Series

/// Compares records with what they cite: readings and factor values with their chunk, entries with
/// their calculation, made again to the last digit. For the whole book and for the sample of a
/// pack; that nothing is booked twice needs all records and is not asked here.
struct EntryRecalculation {
    private let book: Book
    /// The record with a number, if it stands in front of another.
    private let record: (_ number: RecordNumber, _ later: RecordNumber) -> LedgerRecord?
    private var shelf: SeriesShelf
    private var factors: [RecordNumber: CitedFactor] = [:]

    init(
        _ book: Book,
        record: @escaping (_ number: RecordNumber, _ later: RecordNumber) -> LedgerRecord?
    ) {
        self.book = book
        self.record = record
        shelf = SeriesShelf(book)
    }

    /// What is wrong with a record; `nil` where it follows from what it cites.
    ///
    /// - Throws: what reading a chunk throws.
    mutating func fault(of record: LedgerRecord) throws(Refusal) -> String? {
        switch record.body {
        case .activity(let activity):
            return try readingsFault(activity, "activity \(record.number)")
        case .waitingLine(let line):
            guard let activity = line.activity else { return nil }
            return try readingsFault(activity, "line \(record.number)")
        case .factorSeries(let series):
            return SeriesCheck(chunk: try shelf.chunk(series.chunk))
                .valuesFault(series, record.number)
        case .journal(let entry):
            guard let calculation = entry.calculation else {
                return reversalFault(entry, record.number)
            }
            return try calculationFault(entry, record.number, calculation)
        case .genesis, .organisation, .organisationPart, .matchingRules, .matchingRulesPart,
            .gwpTable,
            .refrigerantBlend, .factor, .document, .documentPart, .decision, .periodClosing,
            .periodSeal,
            .periodReopening,
            .periodAdjustment, .keyAddition, .keyRevocation, .roleGrant, .roleRevocation,
            .erasure:
            return nil
        }
    }

    private mutating func readingsFault(
        _ activity: ActivityRecord, _ name: String
    ) throws(Refusal) -> String? {
        guard let series = activity.series else { return nil }
        return SeriesCheck(chunk: try shelf.chunk(series.chunk))
            .readingsFault(activity, series, name)
    }

    private mutating func calculationFault(
        _ entry: JournalEntry, _ number: RecordNumber, _ calculation: JournalEntry.Calculation
    ) throws(Refusal) -> String? {
        guard case .activity(let activity)? = record(calculation.activity, number)?.body else {
            return "entry \(number) cites activity \(calculation.activity), which is none"
        }
        let factor = try factor(of: calculation, before: number)
        guard factor?.hash == calculation.factorHash,
            (factor == nil) == (calculation.factor == nil)
        else { return "entry \(number) cites a factor that is not the one in the book" }
        let series = factor?.bookedSeries
        let pair: SeriesPair? =
            if let series { try shelf.pair(activity, series.series) } else { nil }
        let expected: JournalEntry
        do {
            expected = try Recalculation.entry(
                calculation, activity: activity, factor: factor?.booked, series: series,
                pair: pair)
        } catch {
            return "entry \(number) cannot be recomputed: \(error)"
        }
        guard expected != entry else { return nil }
        let difference = zip(entry.postings, expected.postings).first { $0 != $1 }
        let detail =
            difference.map {
                ": \($0.0.account) is \($0.0.amount) \($0.0.commodity), should be \($0.1.amount)"
            } ?? ""
        return "entry \(number) does not follow from what it cites\(detail)"
    }

    /// What a calculation cites as its factor, read once; `nil` for a record that is none.
    private mutating func factor(
        of calculation: JournalEntry.Calculation, before entry: RecordNumber
    ) throws(Refusal) -> CitedFactor? {
        guard let number = calculation.factor, let record = record(number, entry) else {
            return nil
        }
        if let known = factors[number] { return known }
        factors[number] = try CitedFactor(record, book)
        return factors[number]
    }

    private func reversalFault(_ entry: JournalEntry, _ number: RecordNumber) -> String? {
        guard let reversal = entry.reversal,
            case .journal(let original)? = record(reversal.entry, number)?.body
        else { return "entry \(number) has neither a calculation nor an entry it reverses" }
        guard entry.postings == original.postings.map(\.reversed) else {
            return "entry \(number) does not undo entry \(reversal.entry)"
        }
        return nil
    }
}
