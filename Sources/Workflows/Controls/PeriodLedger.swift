package import AuditTrail
package import Inventory
package import LedgerCore

/// The states of periods: a fold over what closed, sealed and reopened them.
package struct PeriodLedger: Hashable, Sendable {
    package enum State: Int, CaseIterable, Comparable, Hashable, Sendable {
        case open, softClosed, closed, sealed

        package static func < (left: State, right: State) -> Bool { left.rawValue < right.rawValue }

        package var words: String {
            switch self {
            case .open: "open"
            case .softClosed: "soft-closed"
            case .closed: "closed"
            case .sealed: "sealed"
            }
        }
    }

    private struct Event: Hashable {
        let period: ReportingPeriod
        /// `nil` opens again.
        let state: State?
        let number: RecordNumber
    }

    private var events: [Event] = []

    package init() {}

    /// Adds what a record does to a period; other records do nothing.
    package mutating func add(_ record: LedgerRecord) {
        guard let body = record.body.periodRecord else { return }
        let state: State? =
            switch body {
            case .closing(let closing): closing.stage == .soft ? .softClosed : .closed
            case .seal: .sealed
            case .reopening: nil
            }
        events.append(Event(period: body.period, state: state, number: record.number))
    }

    package func state(of day: CivilDate) -> State {
        events.reduce(.open) { state, event in
            guard event.period.contains(day) else { return state }
            return event.state.map { max($0, state) } ?? .open
        }
    }

    /// The states of the days of a period; each once.
    package func states(in period: ReportingPeriod) -> Set<State> {
        Set(firstDays(in: period).map { state(of: $0) })
    }

    /// The days on which another state may begin.
    private func firstDays(in period: ReportingPeriod) -> [CivilDate] {
        let bounds = events.flatMap { [$0.period.start, $0.period.end] }
        return Set([period.start] + bounds.filter(period.contains)).sorted()
    }

    /// The state that every day of a period has reached.
    package func lowest(in period: ReportingPeriod) -> State { states(in: period).min() ?? .open }

    /// The spans that are closed or sealed, in order; none touches another.
    package var closedSpans: [ReportingPeriod] {
        let bounds = Set(events.flatMap { [$0.period.start, $0.period.end] }).sorted()
        var spans: [ReportingPeriod] = []
        for (start, end) in zip(bounds, bounds.dropFirst()) where state(of: start) >= .closed {
            if let last = spans.last, last.end == start,
                let joined = ReportingPeriod(start: last.start, end: end)
            {
                spans[spans.count - 1] = joined
            } else if let span = ReportingPeriod(start: start, end: end) {
                spans.append(span)
            }
        }
        return spans
    }

    /// How often exactly this period was sealed.
    package func seals(of period: ReportingPeriod) -> Int {
        events.count { $0.state == .sealed && $0.period == period }
    }

    /// The last seal of exactly this period, unless a day of it was reopened since.
    package func standingSeal(of period: ReportingPeriod) -> RecordNumber? {
        guard
            let last = events.lastIndex(where: { $0.state == .sealed && $0.period == period }),
            !events[last...].contains(where: { $0.state == nil && $0.period.overlaps(period) })
        else { return nil }
        return events[last].number
    }

    /// The periods that were closed or sealed, by their first day, longer ones first.
    package var periods: [ReportingPeriod] {
        Set(events.filter { $0.state != nil }.map(\.period)).sorted {
            ($0.start, $1.end) < ($1.start, $0.end)
        }
    }
}
