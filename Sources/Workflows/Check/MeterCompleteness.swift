internal import ImportKit
internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Series

/// What is missing, double or broken in the documents of one meter.
struct MeterCompleteness {
    let meter: Meter
    let zone: LocalTimeZone
    /// The days for which the meter owes data.
    let expected: ReportingPeriod
    /// Standing activities of the meter, and of its facility where a bill names no meter.
    let activities: [ActivityRecord]
    let shelf: SeriesShelf

    func findings() throws(Refusal) -> [CheckFinding] {
        let whole = TimeSpan(
            start: zone.startOfDay(expected.start), end: zone.startOfDay(expected.end))
        let inside = activities.filter { ($0.span?.overlap(whole) ?? 0) > 0 }
        guard !inside.isEmpty else { return nothing() }
        let own = inside.filter { $0.consumption?.meter == meter.number }
        let gaps = meter.carrier.isDelivered ? [] : try missing(inside, whole)
        return gaps + overlaps(own)
            + registers(own) + zeros(own)
    }

    /// Deliveries come when they are needed; a year without one is worth a question.
    private func nothing() -> [CheckFinding] {
        guard !meter.carrier.isDelivered || expected.days >= 365 else { return [] }
        return [finding(.missingDocument, expected, "no \(meter.carrier.rawValue) document came")]
    }

    // MARK: Gaps

    private func missing(
        _ records: [ActivityRecord], _ whole: TimeSpan
    ) throws(Refusal) -> [CheckFinding] {
        var covered: [TimeSpan] = []
        for record in records { covered += try spans(of: record) }
        let uncovered = Coverage(covered).uncovered(in: whole)
        let edges = Set(
            records.filter { !$0.isInterval }.flatMap { [$0.slot.start, $0.slot.end] })
        var months: [CalendarMonth] = []
        var holes: [CalendarMonth: [TimeSpan]] = [:]
        for span in uncovered {
            for part in byMonth(span) {
                let month = zone.date(of: part.start).calendarMonth
                if isWholeMonth(part, month) {
                    months.append(month)
                } else if !isReadingOff(part, edges) {
                    holes[month, default: []].append(part)
                }
            }
        }
        return runs(of: months).map { first, last in
            let period = ReportingPeriod(start: first.firstDay, end: last.next.firstDay)
            return finding(
                .missingMonth, period,
                first == last ? "\(first) is missing" : "\(first) to \(last) are missing")
        }
            + holes.sorted { $0.key.firstDay < $1.key.firstDay }.map { month, spans in
                finding(.gap, month.period, holeText(spans))
            }
    }

    private func spans(of record: ActivityRecord) throws(Refusal) -> [TimeSpan] {
        guard let series = record.series else { return record.span.map { [$0] } ?? [] }
        return try shelf.chunk(series.chunk).spans.map { TimeSpan(start: $0.start, end: $0.end) }
    }

    /// Bills are read up to an hour off; the times of intervals are exact.
    private func isReadingOff(_ span: TimeSpan, _ edges: Set<Instant?>) -> Bool {
        span.overlap(span) <= ClaimRegister.tolerance
            && (edges.contains(span.start) || edges.contains(span.end))
    }

    private func byMonth(_ span: TimeSpan) -> [TimeSpan] {
        var parts: [TimeSpan] = []
        var cursor = span.start
        while cursor < span.end {
            let next = zone.startOfDay(zone.date(of: cursor).calendarMonth.next.firstDay)
            let end = min(next, span.end)
            parts.append(TimeSpan(start: cursor, end: end))
            cursor = end
        }
        return parts
    }

    /// All of the month that the meter owes.
    private func isWholeMonth(_ span: TimeSpan, _ month: CalendarMonth) -> Bool {
        let first = max(month.firstDay, expected.start)
        let end = min(month.next.firstDay, expected.end)
        let whole = TimeSpan(start: zone.startOfDay(first), end: zone.startOfDay(end))
        return span.contains(whole, tolerance: ClaimRegister.tolerance)
    }

    private func runs(of months: [CalendarMonth]) -> [(CalendarMonth, CalendarMonth)] {
        var runs: [(CalendarMonth, CalendarMonth)] = []
        for month in months {
            if let last = runs.last, last.1.next == month {
                runs[runs.count - 1].1 = month
            } else {
                runs.append((month, month))
            }
        }
        return runs
    }

    private func holeText(_ spans: [TimeSpan]) -> String {
        let seconds = spans.reduce(Int64(0)) { $0 + $1.overlap($1) }
        guard let first = spans.first else { return "" }
        let times = times(first)
        guard spans.count > 1 else { return "\(times) without data (\(Self.duration(seconds)))" }
        return "\(spans.count) gaps without data (\(Self.duration(seconds))), the first \(times)"
    }

    /// Whole days as days of the facility, else moments.
    private func times(_ span: TimeSpan) -> String {
        let first = zone.date(of: span.start)
        let last = zone.date(of: span.end.adding(seconds: -1))
        guard zone.startOfDay(first) == span.start,
            zone.startOfDay(last.adding(days: 1)) == span.end
        else { return "\(span.start) to \(span.end)" }
        return first == last ? "\(first)" : "\(first) to \(last)"
    }

    private static func duration(_ seconds: Int64) -> String {
        if seconds.isMultiple(of: 86_400) { return "\(seconds / 86_400) d" }
        if seconds.isMultiple(of: 3_600) { return "\(seconds / 3_600) h" }
        return "\(seconds / 60) min"
    }

    // MARK: Values

    private struct Series: Hashable {
        let subject: String
        let series: String?
    }

    private func series(_ records: [ActivityRecord]) -> [[ActivityRecord]] {
        Dictionary(grouping: records.filter { $0.span != nil && !$0.isCredit }) {
            Series(subject: $0.slot.subject, series: $0.slot.series)
        }.sorted {
            ($0.key.subject, $0.key.series ?? "") < ($1.key.subject, $1.key.series ?? "")
        }.map { $0.value.sorted { Self.start($0) < Self.start($1) } }
    }

    private static func start(_ record: ActivityRecord) -> Int64 {
        record.slot.start?.secondsSinceEpoch ?? 0
    }

    private func overlaps(_ records: [ActivityRecord]) -> [CheckFinding] {
        series(records).flatMap { members -> [CheckFinding] in
            zip(members, members.dropFirst()).compactMap { earlier, later in
                guard let span = earlier.span, let next = later.span,
                    !earlier.isInterval || !later.isInterval,
                    span.overlap(next) > ClaimRegister.tolerance
                else { return nil }
                return finding(
                    .overlap, later.period,
                    "'\(earlier.evidence.name)' and '\(later.evidence.name)' are both booked")
            }
        }
    }

    private func registers(_ records: [ActivityRecord]) -> [CheckFinding] {
        series(records).flatMap { members -> [CheckFinding] in
            let read = members.filter { $0.register != nil }
            let breaks = zip(read, read.dropFirst()).compactMap(registerBreak)
            return read.compactMap(incomplete) + breaks
        }
    }

    private func registerBreak(
        _ earlier: ActivityRecord, _ later: ActivityRecord
    ) -> CheckFinding? {
        guard let closing = earlier.register?.closing, let opening = later.register?.opening,
            closing != opening
        else { return nil }
        let unit = later.quantity.unit
        let between = (try? opening.subtracting(closing)) ?? .zero
        return finding(
            .registerBreak, later.period,
            between.isNegative
                ? "the register falls from \(closing) to \(opening) \(unit) between two "
                    + "documents: an exchange or a roll-over?"
                : "the register goes from \(closing) to \(opening) \(unit) between two "
                    + "documents: \(between) \(unit) are in neither")
    }

    /// A month whose documents leave out days.
    private func incomplete(_ record: ActivityRecord) -> CheckFinding? {
        guard let register = record.register,
            let counted = try? register.closing.subtracting(register.opening),
            counted != record.quantity.amount
        else { return nil }
        return finding(
            .registerBreak, record.period,
            "the register goes from \(register.opening) to \(register.closing) "
                + "\(record.quantity.unit), and \(record.quantity) are booked")
    }

    private func zeros(_ records: [ActivityRecord]) -> [CheckFinding] {
        records.filter { $0.quantity.amount.isZero && $0.consumption?.direction == .import }.map {
            finding(.zeroQuantity, $0.period, "'\($0.evidence.name)' states \($0.quantity)")
        }
    }

    private func finding(
        _ kind: CheckFinding.Kind, _ period: ReportingPeriod?, _ message: String
    ) -> CheckFinding {
        CheckFinding(kind, meter.number, facility: meter.facility, period: period, message)
    }
}
