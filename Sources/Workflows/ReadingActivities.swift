internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import Hashing
internal import ImportKit
internal import Inventory
internal import Quantities

/// Turns the series of a document into activities: one a calendar month for interval readings,
/// one a bill for longer readings. Meters decide the facility.
struct ReadingActivities {
    /// A reading longer than this is a bill with a period of its own, not an interval.
    static let longestInterval: Int64 = 25 * 3_600
    /// Readings of one chunk; more make a second chunk of the month.
    static let chunkReadings = 3_200
    /// Characters of the values of one chunk, so that a record stays below 65,535 bytes.
    static let chunkCharacters = 44_000

    let organisation: Organisation
    let document: Document
    let excerpts: SourceExcerpts
    /// A zone is a table that takes long to make: each is made once.
    private var zones: [FacilityID: LocalTimeZone] = [:]
    private(set) var activities: [ActivityRecord] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// Readings of meters that the organisation has not, one line a meter.
    private(set) var waiting: [WaitingLine] = []

    init(organisation: Organisation, document: Document, excerpts: SourceExcerpts) {
        self.organisation = organisation
        self.document = document
        self.excerpts = excerpts
    }

    mutating func add(_ series: ReadingSeries) {
        guard let activity = series.carrier.activity, !series.readings.isEmpty else { return }
        guard let number = series.meter else {
            report(
                .meterUnknown, series.readings.first, "the file names no meter",
                "import it with a profile that states the meter")
            return
        }
        do {
            let intervals = try IntervalQuantities.intervals(of: series)
            let batches = try batches(intervals, of: series, meter: number)
            for batch in batches { book(batch, activity, series) }
        } catch let diagnostic as Diagnostic
            where diagnostic.code == .meterUnknown || diagnostic.code == .readingTypeUnresolved
        {
            wait(diagnostic, series, number)
        } catch let diagnostic as Diagnostic {
            diagnostics.append(diagnostic)
        } catch {
            diagnostics.append(
                Diagnostic(
                    .numberOutOfRange, at: SourceLocation(file: document.name),
                    "the readings of meter '\(number)' are out of range: \(error)"))
        }
    }

    /// Only the organisation can say what the meter measures and for whom.
    private mutating func wait(_ reason: Diagnostic, _ series: ReadingSeries, _ number: String) {
        guard !waiting.contains(where: { $0.meter == number }) else { return }
        let line = reason.location?.line
        waiting.append(
            WaitingLine(
                reason: .unknownMeter, meter: number,
                message: DiagnosticRenderer.visible(
                    "\(reason.message); readings of \(series.carrier.rawValue) that wait: "
                        + "\(series.readings.count)"),
                evidence: EvidenceReference(
                    document: document.digest, name: document.name, line: line,
                    text: excerpts.text(line: line))))
    }

    // MARK: One activity

    /// Readings that belong to one activity.
    private struct Batch {
        let meter: Meter
        let zone: LocalTimeZone
        let direction: FlowDirection
        let unit: Unit
        let readings: [Reading]
    }

    private mutating func book(
        _ batch: Batch, _ activity: ActivityCode, _ series: ReadingSeries
    ) {
        guard let first = batch.readings.first, let last = batch.readings.last,
            let period = ReportingPeriod(
                start: batch.zone.date(of: first.start),
                end: batch.zone.date(of: last.end.adding(seconds: -1)).adding(days: 1))
        else { return }
        do {
            let total = try ExactDecimal.sum(batch.readings.map(\.value))
            let meter = batch.meter
            let updates = Self.updates(of: batch.readings, series)
            let record = ActivityRecord(
                activity: activity, facility: meter.facility, period: period,
                quantity: Quantity(total, batch.unit),
                treatment: .consumption(
                    .init(direction: batch.direction, role: meter.role, meter: meter.number)),
                supplier: first.supplier.flatMap { organisation.supplier(named: $0)?.id }
                    ?? meter.supplier,
                slot: ClaimSlot(
                    subject: "meter/\(meter.number)/\(meter.carrier.rawValue)/"
                        + "\(batch.direction.rawValue)",
                    series: meter.carrier.isDelivered ? first.identifier : series.channel,
                    start: first.start, end: last.end),
                readings: ReadingRuns.runs(of: batch.readings),
                estimated: try batch.readings.estimated(),
                register: Self.register(of: series, first, last),
                revisions: ReadingUpdates.runs(of: batch.readings, updates),
                evidence: EvidenceReference(
                    document: document.digest, name: document.name, line: first.line,
                    text: excerpts.text(line: first.line)))
            activities.append(record)
        } catch {
            report(.numberOutOfRange, first, "the sum of the readings is out of range", nil)
        }
    }

    private static func updates(
        of readings: [Reading], _ series: ReadingSeries
    ) -> [Instant: Instant] {
        guard !series.revisions.isEmpty else { return [:] }
        var updates: [Instant: Instant] = [:]
        for reading in readings {
            if let updated = series.revisions.updated(at: reading.start) {
                updates[reading.start] = updated
            }
        }
        return updates
    }

    /// The register at both ends, where the series is one and states instants.
    private static func register(
        of series: ReadingSeries, _ first: Reading, _ last: Reading
    ) -> RegisterSpan? {
        guard series.behaviour == .cumulative,
            let opening = series.readings.first(where: { $0.start == first.start })?.value,
            let closing = series.readings.first(where: { $0.start == last.end })?.value
        else { return nil }
        return RegisterSpan(opening: opening, closing: closing)
    }

    // MARK: Which meter, which month

    /// What consecutive readings of one activity have in common.
    private struct Commonality: Equatable {
        let meter: Meter
        let direction: FlowDirection
        let month: CalendarMonth
        /// The place of a reading that is an activity of its own; `nil` for an interval.
        let own: Int?
    }

    private mutating func batches(
        _ readings: [Reading], of series: ReadingSeries, meter number: String
    ) throws -> [Batch] {
        var batches: [Batch] = []
        var open: (common: Commonality, readings: [Reading])?
        for (place, reading) in readings.enumerated() {
            let meter = try meter(number, series, reading)
            let placed = try placed(reading, of: series, at: meter)
            let standsAlone = isBill(placed) || placed.identifier != nil
            let common = try Commonality(
                meter: meter, direction: direction(of: series, meter, reading),
                month: zone(of: meter).date(of: placed.start).calendarMonth,
                own: standsAlone ? place : nil)
            if open?.common == common {
                open?.readings.append(placed)
            } else {
                if let full = open {
                    batches += try self.batches(full.common, full.readings, series)
                }
                open = (common, [placed])
            }
        }
        if let last = open { batches += try self.batches(last.common, last.readings, series) }
        return batches
    }

    /// Readings in parts that fit into one record each.
    static func chunks(of readings: [Reading]) -> [[Reading]] {
        var chunks: [[Reading]] = []
        var open: [Reading] = []
        var characters = 0
        for reading in readings {
            let length = reading.value.description.utf8.count + 3
            if open.count == chunkReadings || characters + length > chunkCharacters {
                chunks.append(open)
                open = []
                characters = 0
            }
            open.append(reading)
            characters += length
        }
        return open.isEmpty ? chunks : chunks + [open]
    }

    private mutating func batches(
        _ common: Commonality, _ readings: [Reading], _ series: ReadingSeries
    ) throws -> [Batch] {
        let zone = try zone(of: common.meter)
        return Self.chunks(of: readings).map { chunk in
            Batch(
                meter: common.meter, zone: zone, direction: common.direction, unit: series.unit,
                readings: chunk)
        }
    }

    private func isBill(_ reading: Reading) -> Bool {
        reading.end.secondsSinceEpoch - reading.start.secondsSinceEpoch > Self.longestInterval
    }

    /// A reading given in local days gets its moments from the time zone of the facility.
    private mutating func placed(
        _ reading: Reading, of series: ReadingSeries, at meter: Meter
    ) throws -> Reading {
        guard let days = series.days(of: reading) else { return reading }
        let zone = try zone(of: meter)
        var placed = reading
        placed.start = zone.startOfDay(days.start)
        placed.end = zone.startOfDay(days.end)
        return placed
    }

    private func meter(
        _ number: String, _ series: ReadingSeries, _ reading: Reading
    ) throws -> Meter {
        let day = series.days(of: reading)?.start ?? reading.start.utcDate
        let candidates = organisation.meters.filter { $0.number == number }
        guard !candidates.isEmpty else {
            throw diagnostic(
                .meterUnknown, reading, "no meter of the organisation has the number '\(number)'",
                "add it to organisation.toml and run 'tonne apply organisation.toml'")
        }
        guard let meter = candidates.first(where: { $0.isValid(on: day) }) else {
            throw diagnostic(
                .meterUnknown, reading, "meter '\(number)' is not valid on \(day)",
                "correct valid_from and valid_until of the meter in organisation.toml")
        }
        guard meter.carrier == series.carrier else {
            throw diagnostic(
                .meterUnknown, reading,
                "meter '\(number)' measures \(meter.carrier.rawValue), the file says "
                    + "\(series.carrier.rawValue)",
                "correct the carrier of the meter in organisation.toml")
        }
        return meter
    }

    private func direction(
        of series: ReadingSeries, _ meter: Meter, _ reading: Reading
    ) throws -> FlowDirection {
        let direction = series.direction == .unknown ? meter.direction : series.direction
        guard let direction, direction != .unknown else {
            throw diagnostic(
                .readingTypeUnresolved, reading,
                "the file does not say which way the energy of meter '\(meter.number)' flows",
                "state direction = \"import\" for the meter in organisation.toml")
        }
        guard direction != .import || !reading.value.isNegative else {
            throw diagnostic(
                .consumptionNegative, reading,
                "a consumption of '\(reading.value) \(series.unit)' is negative",
                "import a corrected file; a credit is a correction, never a negative reading")
        }
        return direction
    }

    private mutating func zone(of meter: Meter) throws -> LocalTimeZone {
        if let known = zones[meter.facility] { return known }
        guard let facility = organisation.facility(meter.facility),
            let zone = LocalTimeZone(identifier: facility.timeZone)
        else {
            throw Diagnostic(
                .timeZoneUnknown, "the time zone of facility '\(meter.facility)' is not known")
        }
        zones[meter.facility] = zone
        return zone
    }

    private func diagnostic(
        _ code: DiagnosticCode, _ reading: Reading, _ message: String, _ hint: String?
    ) -> Diagnostic {
        Diagnostic(
            code, at: SourceLocation(file: document.name, line: reading.line), message, hint: hint)
    }

    private mutating func report(
        _ code: DiagnosticCode, _ reading: Reading?, _ message: String, _ hint: String?
    ) {
        diagnostics.append(
            Diagnostic(
                code, at: SourceLocation(file: document.name, line: reading?.line), message,
                hint: hint))
    }
}
