internal import Diagnostics
internal import Hashing
internal import Inventory
internal import Quantities
internal import Series

extension ActivityRecord {
    var consumption: Consumption? {
        guard case .consumption(let consumption) = treatment else { return nil }
        return consumption
    }

    /// The time it claims; `nil` for an invoice line that is unique by its subject.
    var span: TimeSpan? {
        guard let start = slot.start, let end = slot.end, start < end else { return nil }
        return TimeSpan(start: start, end: end)
    }

    /// Made of readings of a day or less, rather than one figure of a bill.
    var isInterval: Bool { series != nil }

    /// A credit note or a negative invoice: it reduces another document and competes with none.
    var isCredit: Bool { invoice != nil && quantity.amount.isNegative }

    /// The readings it is made of; a bill is one of them.
    ///
    /// - Throws: an `integrity-failure` if the book lacks its chunk.
    func claimedReadings(on shelf: SeriesShelf) throws(Refusal) -> [SeriesReading] {
        if let series { return try shelf.chunk(series.chunk).readings }
        guard let span else { return [] }
        return [
            SeriesReading(
                start: span.start, end: span.end, value: quantity.amount,
                quality: quality ?? .unstated, line: evidence.line.flatMap { Int($0) } ?? 0)
        ]
    }

    /// The documents its readings come from, in the order in which these count them.
    var documents: [SHA256Digest] { series?.documents ?? [evidence.document] }

    /// The same claim without its readings, for what is only referred to.
    var withoutReadings: ActivityRecord {
        stating(quantity, slot: slot, period: period, series: nil)
    }

    /// The same claim by other readings.
    ///
    /// - Parameters:
    ///   - readings: In order of time, at least one.
    ///   - documents: What the sources of the readings count.
    ///   - updates: When the source changed a reading, by its start.
    /// - Throws: `number-out-of-range` if the readings make no series.
    func stating(
        _ readings: [SeriesReading], from documents: [SHA256Digest], period: ReportingPeriod,
        register: RegisterSpan? = nil, updates: [Instant: Instant] = [:],
        on shelf: inout SeriesShelf
    ) throws(Refusal) -> ActivityRecord {
        let chunk: SeriesChunk
        do throws(SeriesChunkError) {
            chunk = try SeriesChunk(readings)
        } catch {
            throw outOfRange(error, period)
        }
        return try stating(
            chunk, from: documents, period: period, register: register,
            revisions: ReadingUpdates.runs(of: readings, updates), on: &shelf)
    }

    /// The same claim by the readings of a chunk.
    func stating(
        _ chunk: SeriesChunk, from documents: [SHA256Digest], period: ReportingPeriod,
        register: RegisterSpan? = nil, revisions: [ReadingRevision]? = nil,
        on shelf: inout SeriesShelf
    ) throws(Refusal) -> ActivityRecord {
        let total: ExactDecimal
        let estimated: ExactDecimal?
        do throws(SeriesChunkError) {
            total = try chunk.total()
            estimated = try chunk.total(of: .estimated)
        } catch {
            throw outOfRange(error, period)
        }
        return stating(
            Quantity(total, quantity.unit),
            slot: ClaimSlot(
                subject: slot.subject, series: slot.series, start: chunk.start, end: chunk.end),
            period: period,
            series: SeriesReference(
                chunk: shelf.add(chunk), count: chunk.count, documents: documents),
            estimated: estimated, register: register, revisions: revisions)
    }

    /// The same claim with another quantity.
    func stating(
        _ quantity: Quantity, slot: ClaimSlot, period: ReportingPeriod, series: SeriesReference?,
        estimated: ExactDecimal? = nil, register: RegisterSpan? = nil,
        revisions: [ReadingRevision]? = nil
    ) -> ActivityRecord {
        ActivityRecord(
            activity: activity, facility: facility, period: period, quantity: quantity,
            treatment: treatment, supplier: supplier, slot: slot, series: series,
            quality: quality, estimated: estimated, register: register, revisions: revisions,
            invoice: invoice, evidence: evidence)
    }

    /// Why readings make no series.
    func outOfRange(_ why: SeriesChunkError, _ period: ReportingPeriod) -> Refusal {
        Refusal(
            Diagnostic(
                .numberOutOfRange, at: SourceLocation(file: evidence.name),
                "the readings of '\(slot.subject)' in \(period) make no series: \(why)",
                hint: "look for a misplaced decimal mark"))
    }
}

/// When the source changed each reading, packed into runs and back.
enum ReadingUpdates {
    /// By the start of the readings; those without an update are left out.
    static func map(of record: ActivityRecord, _ readings: [SeriesReading]) -> [Instant: Instant] {
        guard let revisions = record.revisions else { return [:] }
        return map(revisions, starts: readings.map(\.start))
    }

    /// - Parameter starts: In any order.
    static func map(_ revisions: [ReadingRevision], starts: [Instant]) -> [Instant: Instant] {
        var updates: [Instant: Instant] = [:]
        for start in starts {
            if let updated = revisions.updated(at: start) { updates[start] = updated }
        }
        return updates
    }

    /// - Returns: `nil` where no reading has an update.
    static func runs(
        of readings: [SeriesReading], _ updates: [Instant: Instant]
    ) -> [ReadingRevision]? {
        guard !updates.isEmpty else { return nil }
        var runs: [ReadingRevision] = []
        for reading in readings {
            let updated = updates[reading.start]
            guard runs.isEmpty || runs.last?.updated != updated else { continue }
            runs.append(ReadingRevision(start: reading.start, updated: updated))
        }
        return runs.contains { $0.updated != nil } ? runs : nil
    }
}
