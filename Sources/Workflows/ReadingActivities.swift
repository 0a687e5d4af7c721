internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import Hashing
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Series

/// Turns the series of a document into activities: one a calendar month for interval readings,
/// one a bill for longer readings. Meters decide the facility.
struct ReadingActivities {
    /// A reading longer than this is a bill with a period of its own, not an interval.
    static let longestInterval: Int64 = 25 * 3_600

    let organisation: Organisation
    let citations: Citations
    /// A zone is a table that takes long to make: each is made once.
    private var zones: [FacilityID: LocalTimeZone] = [:]
    /// Takes the chunks of the activities.
    private(set) var shelf: SeriesShelf
    private(set) var activities: [ActivityRecord] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// Readings of meters that the organisation has not, one line a meter.
    private(set) var waiting: [WaitingLine] = []

    init(
        organisation: Organisation, citations: Citations, shelf: SeriesShelf
    ) {
        self.organisation = organisation
        self.citations = citations
        self.shelf = shelf
    }

    mutating func add(_ series: ReadingSeries) {
        guard let activity = activity(of: series), !series.readings.isEmpty else { return }
        guard let number = series.meter else {
            report(
                .meterUnknown, series.readings.first, "the file names no meter",
                "import it with a profile that states the meter")
            return
        }
        do {
            let intervals = try IntervalQuantities.intervals(of: series)
            let (placed, batches) = try batches(intervals, of: series, meter: number)
            for batch in batches { book(placed[batch.places], batch, activity, series) }
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
        waiting.append(
            WaitingLine(
                reason: .unknownMeter, meter: number,
                message: DiagnosticRenderer.visible(
                    "\(reason.message); readings of \(series.carrier.rawValue) that wait: "
                        + "\(series.readings.count)"),
                evidence: citations.reference(line: reason.location?.line)))
    }

    /// A carrier that the document leaves open is that of the meter.
    private func activity(of series: ReadingSeries) -> ActivityCode? {
        guard series.carrier == .unknown else { return series.carrier.activity }
        let meter = organisation.meters.first { $0.number == series.meter }
        // Without such a meter nothing is booked: `meter(_:_:_:)` refuses.
        return meter == nil ? .electricity : meter?.carrier.activity
    }

    private var document: Document { citations.document }

    // MARK: One activity

    /// Consecutive readings that belong to one activity.
    private struct Batch {
        let meter: Meter
        let zone: LocalTimeZone
        let direction: FlowDirection
        let unit: Unit
        let month: CalendarMonth
        /// The end of the month.
        let end: Instant
        /// True for a bill or a delivery: a reading that is an activity of its own.
        let standsAlone: Bool
        /// The places of its readings among all of the series.
        var places: Range<Int>
    }

    private mutating func book(
        _ readings: Readings.Part, _ batch: Batch, _ activity: ActivityCode,
        _ series: ReadingSeries
    ) {
        guard let first = readings.first, let last = readings.last,
            let period = ReportingPeriod(
                start: batch.zone.date(of: first.start),
                end: batch.zone.date(of: last.end.adding(seconds: -1)).adding(days: 1))
        else { return }
        let meter = batch.meter
        let updates =
            series.revisions.isEmpty
            ? [:] : ReadingUpdates.map(series.revisions, starts: readings.map(\.start))
        let register = Self.register(of: series, first, last)
        let record = ActivityRecord(
            activity: activity, facility: meter.facility, period: period,
            quantity: Quantity(first.value, batch.unit),
            treatment: .consumption(
                .init(direction: batch.direction, role: meter.role, meter: meter.number)),
            supplier: first.supplier.flatMap { organisation.supplier(named: $0)?.id }
                ?? meter.supplier,
            slot: ClaimSlot(
                subject: "meter/\(meter.number)/\(meter.carrier.rawValue)/"
                    + "\(batch.direction.rawValue)",
                series: meter.carrier.isDelivered ? first.identifier : series.channel,
                start: first.start, end: last.end),
            quality: batch.standsAlone ? first.quality : nil,
            estimated: first.quality == .estimated ? first.value : nil, register: register,
            evidence: citations.reference(line: first.line))
        guard !batch.standsAlone else {
            activities.append(record)
            return
        }
        let chunk: SeriesChunk
        do throws(SeriesChunkError) {
            chunk = try readings.chunk()
        } catch {
            diagnostics += record.outOfRange(error, period).diagnostics
            return
        }
        let revisions =
            updates.isEmpty ? nil : ReadingUpdates.runs(of: chunk.readings, updates)
        do throws(Refusal) {
            activities.append(
                try record.stating(
                    chunk, from: [document.digest], period: period, register: register,
                    revisions: revisions, on: &shelf))
        } catch {
            diagnostics += error.diagnostics
        }
    }

    /// The register at both ends, where the series is one and states instants.
    private static func register(
        of series: ReadingSeries, _ first: Reading, _ last: Reading
    ) -> RegisterSpan? {
        guard series.behaviour == .cumulative,
            let opening = series.readings.first(startingAt: first.start)?.value,
            let closing = series.readings.first(startingAt: last.end)?.value
        else { return nil }
        return RegisterSpan(opening: opening, closing: closing)
    }

    // MARK: Which meter, which month

    /// - Returns: The readings with their moments, and which of them belong together.
    private mutating func batches(
        _ readings: Readings, of series: ReadingSeries, meter number: String
    ) throws -> (placed: Readings, batches: [Batch]) {
        var batches: [Batch] = []
        // What states instants is placed as it is, and not copied.
        var local = Readings()
        let meters = organisation.meters.filter { $0.number == number }
        var place = 0
        var rest = readings[...].makeIterator()
        while place < readings.count {
            if let open = batches.last {
                let end = Self.end(of: open, in: readings, from: place, of: series)
                if end > place {
                    batches[batches.count - 1].places = open.places.lowerBound..<end
                    place = end
                    rest = readings[place...].makeIterator()
                    continue
                }
            }
            guard let reading = rest.next() else { break }
            defer { place += 1 }
            let meter = try meter(meters, number, series, reading)
            let placed = try placed(reading, of: series, at: meter)
            if series.clock != .utc { local.append(placed) }
            let direction = try direction(of: series, meter, reading)
            let zone = try zone(of: meter)
            let month = zone.date(of: placed.start).calendarMonth
            let standsAlone = isBill(placed) || placed.identifier != nil
            if let open = batches.last, !open.standsAlone, !standsAlone, open.month == month,
                open.meter == meter, open.direction == direction
            {
                batches[batches.count - 1].places = open.places.lowerBound..<(place + 1)
            } else {
                batches.append(
                    Batch(
                        meter: meter, zone: zone, direction: direction, unit: series.unit,
                        month: month, end: zone.startOfDay(month.next.firstDay),
                        standsAlone: standsAlone, places: place..<(place + 1)))
            }
        }
        return (series.clock == .utc ? readings : local, batches)
    }

    /// How far readings of one run plainly belong to the open batch: the short way for most of
    /// them.
    private static func end(
        of open: Batch, in readings: Readings, from place: Int, of series: ReadingSeries
    ) -> Int {
        let index = readings.runIndex(at: place)
        let run = readings.runs[index]
        guard series.clock == .utc, !open.standsAlone, run.mark.identifier == nil,
            open.meter.validUntil == nil, run.length <= longestInterval, run.step >= 0
        else { return place }
        let start = run.start + Int64(place - run.first) * run.step
        guard start < open.end.secondsSinceEpoch else { return place }
        var end = readings.runEnd(index)
        if run.step > 0 {
            let seconds = open.end.secondsSinceEpoch - start
            end = min(end, place + Int((seconds + run.step - 1) / run.step))
        }
        guard open.direction == .import else { return end }
        return readings.firstNegative(in: place..<end) ?? end
    }

    private func isBill(_ reading: Reading) -> Bool {
        reading.end.secondsSinceEpoch - reading.start.secondsSinceEpoch > Self.longestInterval
    }

    /// A reading given in local days or times gets its moments from the zone of the facility.
    private mutating func placed(
        _ reading: Reading, of series: ReadingSeries, at meter: Meter
    ) throws -> Reading {
        if series.clock == .utc { return reading }
        let zone = try zone(of: meter)
        var placed = reading
        guard let days = series.days(of: reading) else {
            // An interval keeps its length: the clock may be set at its end.
            let seconds = reading.end.secondsSinceEpoch - reading.start.secondsSinceEpoch
            guard let start = zone.instant(ofClock: reading.start) else {
                let shown = reading.start.description.dropLast()
                throw diagnostic(
                    .timeInGap, reading, "the clock in \(zone.identifier) never shows \(shown)",
                    "does the file keep to that clock? state its zone in a profile that extends "
                        + "the one used")
            }
            placed.start = start
            placed.end = start.adding(seconds: seconds)
            return placed
        }
        placed.start = zone.startOfDay(days.start)
        placed.end = zone.startOfDay(days.end)
        return placed
    }

    /// The meter that is valid on the day of the reading, as the calendar of its facility has it.
    private mutating func meter(
        _ candidates: [Meter], _ number: String, _ series: ReadingSeries, _ reading: Reading
    ) throws -> Meter {
        guard let nearest = candidates.last else {
            throw diagnostic(
                .meterUnknown, reading, "no meter of the organisation has the number '\(number)'",
                "add it to organisation.toml and run 'tonne apply organisation.toml'")
        }
        var valid: Meter?
        for candidate in candidates where valid == nil {
            let day = try day(of: reading, in: series, at: candidate)
            if candidate.isValid(on: day) { valid = candidate }
        }
        guard let meter = valid else {
            let day = try day(of: reading, in: series, at: nearest)
            throw diagnostic(
                .meterUnknown, reading, "meter '\(number)' is not valid on \(day)",
                "correct valid_from and valid_until of the meter in organisation.toml")
        }
        guard series.carrier == .unknown || meter.carrier == series.carrier else {
            throw diagnostic(
                .meterUnknown, reading,
                "meter '\(number)' measures \(meter.carrier.rawValue), the file says "
                    + "\(series.carrier.rawValue)",
                "correct the carrier of the meter in organisation.toml")
        }
        return meter
    }

    /// The first local day of a reading. What a document states without a zone is local as it is.
    private mutating func day(
        of reading: Reading, in series: ReadingSeries, at meter: Meter
    ) throws -> CivilDate {
        guard series.clock == .utc else { return reading.start.utcDate }
        return try zone(of: meter).date(of: reading.start)
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
