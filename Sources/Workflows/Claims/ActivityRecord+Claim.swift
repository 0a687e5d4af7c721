internal import ImportKit
internal import Inventory
internal import Quantities

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
    var isInterval: Bool {
        guard let step = readings.first.flatMap({ Int64($0.step) }) else { return false }
        return step <= ReadingActivities.longestInterval
    }

    /// A credit note or a negative invoice: it reduces another document and competes with none.
    var isCredit: Bool { invoice != nil && quantity.amount.isNegative }

    /// The readings it is made of; a bill is one, and so is a bill that holds none.
    var claimedReadings: [Reading] {
        if let readings = ReadingRuns.readings(of: readings), !readings.isEmpty { return readings }
        guard let span else { return [] }
        return [
            Reading(
                start: span.start, end: span.end, value: quantity.amount, quality: .unstated,
                line: evidence.line.flatMap { Int($0) } ?? 1)
        ]
    }

    /// The same claim without its readings, for what is only referred to.
    var withoutReadings: ActivityRecord {
        ActivityRecord(
            activity: activity, facility: facility, period: period, quantity: quantity,
            treatment: treatment, supplier: supplier, slot: slot, estimated: estimated,
            invoice: invoice, evidence: evidence)
    }

    /// The same claim with other readings of its time.
    ///
    /// - Parameter readings: In order of time, at least one.
    func with(
        _ readings: [Reading], period: ReportingPeriod, register: RegisterSpan?,
        updates: [Instant: Instant]
    ) throws(QuantityError) -> ActivityRecord {
        let total = try ExactDecimal.sum(readings.map(\.value))
        let slot = ClaimSlot(
            subject: slot.subject, series: slot.series, start: readings.first?.start,
            end: readings.last?.end)
        return ActivityRecord(
            activity: activity, facility: facility, period: period,
            quantity: Quantity(total, quantity.unit), treatment: treatment, supplier: supplier,
            slot: slot, readings: ReadingRuns.runs(of: readings),
            estimated: try readings.estimated(), register: register,
            revisions: ReadingUpdates.runs(of: readings, updates), invoice: invoice,
            evidence: evidence)
    }
}

extension Collection<Reading> {
    /// The sum of the estimated values; `nil` where none is estimated.
    func estimated() throws(QuantityError) -> ExactDecimal? {
        let values = filter { $0.quality == .estimated }.map(\.value)
        return values.isEmpty ? nil : try ExactDecimal.sum(values)
    }
}

/// When the source changed each reading, packed into runs and back.
enum ReadingUpdates {
    /// By the start of the readings; those without an update are left out.
    static func map(of record: ActivityRecord, _ readings: [Reading]) -> [Instant: Instant] {
        guard let revisions = record.revisions else { return [:] }
        var updates: [Instant: Instant] = [:]
        for reading in readings {
            if let updated = revisions.updated(at: reading.start) {
                updates[reading.start] = updated
            }
        }
        return updates
    }

    /// - Returns: `nil` where no reading has an update.
    static func runs(
        of readings: [Reading], _ updates: [Instant: Instant]
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
