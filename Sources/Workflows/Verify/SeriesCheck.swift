internal import Hashing
internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Series

/// What a record states of its readings or values, compared with the chunk that it cites.
struct SeriesCheck {
    let records: CheckedRecords
    /// Read from the book: it has the hash that the record cites.
    let chunk: SeriesChunk

    /// Count and span of a factor series.
    func values(of series: FactorSeries, _ number: RecordNumber) throws(Refusal) {
        let steps = series.count + series.missing
        guard chunk.count == series.count, chunk.start == series.start, chunk.end == series.end,
            chunk.spans.allSatisfy({ $0.step == series.step }),
            series.end == series.start.adding(seconds: Int64(steps * series.step))
        else {
            throw records.failure(
                "factor series \(number) has other times than its record states")
        }
    }

    /// Count, total, estimates, span and documents of the readings of an activity.
    ///
    /// - Parameter name: Names the record in messages.
    func readings(
        of activity: ActivityRecord, _ series: SeriesReference, _ name: String
    ) throws(Refusal) {
        guard chunk.count == series.count else {
            throw records.failure(
                "\(name) states \(series.count) readings, its chunk has \(chunk.count)")
        }
        let total = try? chunk.total()
        guard total == activity.quantity.amount else {
            throw records.failure(
                "\(name) states \(activity.quantity), its readings sum to "
                    + "\(total?.description ?? "nothing")")
        }
        guard estimated == activity.estimated else {
            throw records.failure("\(name) does not name what its readings estimate")
        }
        guard chunk.start == activity.slot.start, chunk.end == activity.slot.end else {
            throw records.failure("\(name) claims another time than its readings span")
        }
        guard chunk.places.allSatisfy({ $0.source < series.documents.count }) else {
            throw records.failure(
                "\(name) lists \(series.documents.count) documents, its readings more")
        }
    }

    /// The sum of the estimated readings; `nil` where there are none.
    private var estimated: ExactDecimal? {
        guard chunk.qualities.contains(where: { $0.quality == .estimated }) else { return nil }
        return try? ExactDecimal.sum(
            chunk.readings.lazy.filter { $0.quality == .estimated }.map(\.value))
    }
}
