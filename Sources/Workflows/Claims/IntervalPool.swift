internal import Hashing
internal import Inventory
internal import Quantities
internal import Series

/// All readings of one series in one month, from several documents: one activity, so that the
/// order in which they came and the cut of the files leave no trace in the amounts.
///
/// The evidence of the activity is the document that came last; each reading keeps its own
/// document and line.
struct IntervalPool {
    private let record: ActivityRecord
    private let period: ReportingPeriod
    private let register: RegisterSpan?
    private var documents: [SHA256Digest] = []
    private var readings: [SeriesReading] = []
    private var updates: [Instant: Instant] = [:]

    /// - Parameters:
    ///   - booked: The activities of the month, which the pool replaces, in the unit of the record.
    ///   - added: Readings of the record that are new or take the place of booked ones.
    init(
        _ booked: [(record: ActivityRecord, readings: [SeriesReading])],
        adding added: [SeriesReading], of record: ActivityRecord
    ) {
        self.record = record
        let records = booked.map(\.record) + [record]
        let start = records.map(\.period.start).min() ?? record.period.start
        let end = records.map(\.period.end).max() ?? record.period.end
        period = ReportingPeriod(start: start, end: end) ?? record.period
        register = Self.register(records)
        let taken = Set(added.map { TimeSpan(start: $0.start, end: $0.end) })
        for (earlier, readings) in booked {
            take(
                readings.filter { !taken.contains(TimeSpan(start: $0.start, end: $0.end)) },
                of: earlier)
        }
        take(added, of: record)
        readings.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    private mutating func take(_ taken: [SeriesReading], of record: ActivityRecord) {
        let places = record.documents.map { document in
            if let place = documents.firstIndex(of: document) { return place }
            documents.append(document)
            return documents.count - 1
        }
        updates.merge(ReadingUpdates.map(of: record, taken)) { _, last in last }
        readings += taken.map { reading in
            SeriesReading(
                start: reading.start, end: reading.end, value: reading.value,
                quality: reading.quality,
                source: places.indices.contains(reading.source) ? places[reading.source] : 0,
                line: reading.line)
        }
    }

    func activity(on shelf: inout SeriesShelf) throws(Refusal) -> ActivityRecord {
        try record.stating(
            readings, from: documents, period: period, register: register, updates: updates,
            on: &shelf)
    }

    private static func register(_ records: [ActivityRecord]) -> RegisterSpan? {
        let stated = records.filter { $0.register != nil }
        let first = stated.min { seconds($0.slot.start) < seconds($1.slot.start) }
        let last = stated.max { seconds($0.slot.end) < seconds($1.slot.end) }
        guard let opening = first?.register?.opening, let closing = last?.register?.closing
        else { return nil }
        return RegisterSpan(opening: opening, closing: closing)
    }

    private static func seconds(_ moment: Instant?) -> Int64 { moment?.secondsSinceEpoch ?? 0 }
}

extension [SeriesReading] {
    /// The readings in another unit of the dimension.
    ///
    /// - Returns: `nil` where a value does not end in it.
    func converted(from unit: Unit, to target: Unit) -> [SeriesReading]? {
        guard unit != target else { return self }
        var converted: [SeriesReading] = []
        for reading in self {
            guard let value = try? Quantity(reading.value, unit).converted(to: target).amount
            else { return nil }
            converted.append(
                SeriesReading(
                    start: reading.start, end: reading.end, value: value,
                    quality: reading.quality, source: reading.source, line: reading.line))
        }
        return converted
    }
}
