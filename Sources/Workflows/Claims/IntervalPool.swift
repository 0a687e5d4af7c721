internal import ImportKit
internal import Inventory
internal import Quantities

/// All readings of one series in one month, from several documents: one activity, so that the
/// order in which they came leaves no trace in the amounts.
///
/// The evidence of the activity is the document that came last; the lines of readings from
/// earlier ones are those of the activities it replaces, and 0 here.
struct IntervalPool {
    private let record: ActivityRecord
    private let period: ReportingPeriod
    private let register: RegisterSpan?
    private var readings: [Reading] = []
    private var updates: [Instant: Instant] = [:]

    /// - Parameters:
    ///   - booked: The activities of the month, which the pool replaces.
    ///   - added: Readings of the record that are new or take the place of booked ones.
    init(_ booked: [ActivityRecord], adding added: [Reading], _ record: ActivityRecord)
        throws(QuantityError)
    {
        self.record = record
        let records = booked + [record]
        let start = records.map(\.period.start).min() ?? record.period.start
        let end = records.map(\.period.end).max() ?? record.period.end
        period = ReportingPeriod(start: start, end: end) ?? record.period
        register = Self.register(records)
        let taken = Set(added.map { TimeSpan(start: $0.start, end: $0.end) })
        for earlier in booked {
            let converted = try earlier.converted(to: record.quantity.unit)
            let kept = converted.claimedReadings.filter {
                !taken.contains(TimeSpan(start: $0.start, end: $0.end))
            }
            updates.merge(ReadingUpdates.map(of: earlier, kept)) { first, _ in first }
            readings += kept.map { reading in
                var inherited = reading
                inherited.line = 0
                return inherited
            }
        }
        updates.merge(ReadingUpdates.map(of: record, added)) { _, last in last }
        readings += added
        readings.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    /// One activity, or more where a record cannot hold all readings.
    func records() throws(QuantityError) -> [ActivityRecord] {
        var records: [ActivityRecord] = []
        for chunk in ReadingActivities.chunks(of: readings) {
            records.append(
                try record.with(chunk, period: period, register: register, updates: updates))
        }
        return records
    }

    private static func register(_ records: [ActivityRecord]) -> RegisterSpan? {
        let stated = records.filter { $0.register != nil }
        let first = stated.min { Self.seconds($0.slot.start) < Self.seconds($1.slot.start) }
        let last = stated.max { Self.seconds($0.slot.end) < Self.seconds($1.slot.end) }
        guard let opening = first?.register?.opening, let closing = last?.register?.closing
        else { return nil }
        return RegisterSpan(opening: opening, closing: closing)
    }

    private static func seconds(_ moment: Instant?) -> Int64 { moment?.secondsSinceEpoch ?? 0 }
}

extension ActivityRecord {
    /// The same claim in another unit of its dimension.
    ///
    /// - Throws: `inexact` where a value does not end in it.
    func converted(to unit: Unit) throws(QuantityError) -> ActivityRecord {
        guard unit != quantity.unit else { return self }
        var converted: [Reading] = []
        for reading in claimedReadings {
            var changed = reading
            changed.value = try Quantity(reading.value, quantity.unit).converted(to: unit).amount
            converted.append(changed)
        }
        let total = try ExactDecimal.sum(converted.map(\.value))
        return ActivityRecord(
            activity: activity, facility: facility, period: period,
            quantity: Quantity(total, unit), treatment: treatment, supplier: supplier, slot: slot,
            readings: ReadingRuns.runs(of: converted), estimated: try converted.estimated(),
            register: register, revisions: revisions, invoice: invoice, evidence: evidence)
    }
}
