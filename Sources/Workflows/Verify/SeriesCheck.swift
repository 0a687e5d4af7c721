internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Series

/// What a record states of its readings or values, compared with the chunk that it cites.
struct SeriesCheck {
    /// Read from the book: it has the hash that the record cites.
    let chunk: SeriesChunk

    /// What is wrong with the count or the span of a factor series; `nil` where nothing is.
    func valuesFault(_ series: FactorSeries, _ number: RecordNumber) -> String? {
        let steps = series.count + series.missing
        guard chunk.count == series.count, chunk.start == series.start, chunk.end == series.end,
            chunk.spans.allSatisfy({ $0.step == series.step }),
            series.end == series.start.adding(seconds: Int64(steps * series.step))
        else { return "factor series \(number) has other times than its record states" }
        return nil
    }

    /// What is wrong with the count, total, estimates, span or documents of the readings of an
    /// activity; `nil` where nothing is.
    ///
    /// - Parameter name: Names the record in messages.
    func readingsFault(
        _ activity: ActivityRecord, _ series: SeriesReference, _ name: String
    ) -> String? {
        guard chunk.count == series.count else {
            return "\(name) states \(series.count) readings, its chunk has \(chunk.count)"
        }
        do throws(SeriesChunkError) {
            let total = try chunk.total()
            guard total == activity.quantity.amount else {
                return "\(name) states \(activity.quantity), its readings sum to \(total)"
            }
            guard try chunk.total(of: .estimated) == activity.estimated else {
                return "\(name) does not name what its readings estimate"
            }
        } catch {
            return "\(name) has readings whose sum is no number of a record"
        }
        guard chunk.start == activity.slot.start, chunk.end == activity.slot.end else {
            return "\(name) claims another time than its readings span"
        }
        guard chunk.places.allSatisfy({ $0.source < series.documents.count }) else {
            return "\(name) lists \(series.documents.count) documents, its readings more"
        }
        return nil
    }
}
