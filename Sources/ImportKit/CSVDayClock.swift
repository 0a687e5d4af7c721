internal import Inventory

/// Turns the columns of a row that holds a day into slots of time.
struct CSVDayClock {
    enum Slot {
        case span(start: Instant, end: Instant)
        /// The clock skipped it; the span holds if the clock had run on.
        case skipped(start: Instant, end: Instant)
        /// The day is over.
        case beyond
    }

    private let rule: Profile.TimeRule
    private let zone: LocalTimeZone?
    private let step: Int64
    /// Seconds from midnight, for each column.
    private let offsets: [Int64]
    /// Whether the last day held a time that the clock shows twice.
    private(set) var isFolded = false
    /// Whether the last day lacked a time that a column names.
    private(set) var hasGap = false

    /// - Parameter names: The columns of a day. Times in them place the slots; columns without
    ///   times begin at midnight.
    init?(_ rule: Profile.TimeRule, names: [String]) {
        guard names.count > 1, case .label(_, let label, .seconds(let step)) = rule.span else {
            return nil
        }
        self.rule = rule
        self.step = step
        zone = rule.localZone
        offsets = Self.offsets(names, label, step)
    }

    private static func offsets(
        _ names: [String], _ label: Profile.TimeRule.Label, _ step: Int64
    ) -> [Int64] {
        let times = names.map { ColumnRange.minutes(in: $0) }
        guard times.allSatisfy({ !$0.isEmpty }) else {
            return names.indices.map { Int64($0) * step }
        }
        var offsets: [Int64] = []
        var previous = -1
        for time in times {
            var minutes = time[0]
            // 00:00 behind 23:30 is the end of the day.
            if minutes <= previous { minutes += 24 * 60 }
            previous = minutes
            // A column that states both ends begins at the first, whatever the label.
            let isEnd = label == .end && time.count == 1
            offsets.append(Int64(minutes) * 60 - (isEnd ? step : 0))
        }
        return offsets
    }

    mutating func slots(of date: CivilDate) -> [Slot] {
        isFolded = false
        hasGap = false
        guard let zone, rule.days == .elapsed else { return offsets.map { labelled($0, date) } }
        let midnight = zone.startOfDay(date)
        let next = zone.startOfDay(date.adding(days: 1))
        return offsets.map { offset in
            let start = midnight.adding(seconds: offset)
            if start >= next { return .beyond }
            return .span(start: shifted(start), end: shifted(start.adding(seconds: step)))
        }
    }

    private mutating func labelled(_ offset: Int64, _ date: CivilDate) -> Slot {
        let local = Int64(date.daysSinceEpoch) * 86_400 + offset
        let day = Instant(secondsSinceEpoch: local).utcDate
        let second = Int(local - Int64(day.daysSinceEpoch) * 86_400)
        let start: Instant
        switch zone?.resolve(day, secondOfDay: second) {
        case nil: start = Instant(secondsSinceEpoch: local)
        case .unique(let instant): start = instant
        case .fold(let earlier, let later):
            isFolded = true
            start = rule.isNewestFirst ? later : earlier
        case .gap(let transition):
            hasGap = true
            let start = zone?.asClockRan(local, over: transition) ?? transition
            return .skipped(start: shifted(start), end: shifted(start.adding(seconds: step)))
        }
        return .span(start: shifted(start), end: shifted(start.adding(seconds: step)))
    }

    private func shifted(_ instant: Instant) -> Instant { instant.adding(seconds: rule.shift) }
}
