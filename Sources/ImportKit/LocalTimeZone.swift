internal import Foundation
package import Inventory

/// The rules of a place for turning local time into UTC and back, as a table of offsets.
///
/// The table is made once; after that nothing is asked of the system. It reaches from 1900 to 2200.
package struct LocalTimeZone: Hashable, Sendable {
    /// The IANA name, such as `Europe/Amsterdam`, or `UTC`.
    package let identifier: String
    /// In order of time; the first begins before all dates.
    private let spans: [Span]

    /// A time in which one offset holds.
    private struct Span: Hashable, Sendable {
        var start: Int64
        /// Seconds east of Greenwich.
        var offset: Int64
    }

    /// What a local time means.
    package enum Resolution: Hashable, Sendable {
        case unique(Instant)
        /// The clock was set back: the label occurs twice.
        case fold(first: Instant, second: Instant)
        /// The clock was set forward: no such label; it jumped at this instant.
        case gap(transition: Instant)
    }

    package static let utc = LocalTimeZone(
        identifier: "UTC", spans: [Span(start: .min, offset: 0)])

    /// - Parameter identifier: `UTC` or a name of the IANA database with an area, such as
    ///   `Europe/London` or `Etc/GMT-10`. Abbreviations (`CET`, `EST`) and offsets are refused:
    ///   they do not say which rules hold.
    /// - Returns: `nil` for a name that is not in the database.
    package init?(identifier: String) {
        if identifier == Self.utc.identifier {
            self = .utc
        } else {
            guard let zone = Self.zone(identifier) else { return nil }
            self.init(identifier: identifier, spans: Self.spans(of: zone))
        }
    }

    /// Whether a zone of the name can be made; cheaper than to make it.
    package static func isKnown(_ identifier: String) -> Bool {
        identifier == utc.identifier || zone(identifier) != nil
    }

    private static func zone(_ identifier: String) -> TimeZone? {
        identifier.contains("/") ? TimeZone(identifier: identifier) : nil
    }

    private init(identifier: String, spans: [Span]) {
        self.identifier = identifier
        self.spans = spans
    }

    private static func spans(of zone: TimeZone) -> [Span] {
        // 1900-01-01 and 2200-01-01, the years of `CivilDate`.
        let first = Date(timeIntervalSince1970: -2_208_988_800)
        let last = Date(timeIntervalSince1970: 7_258_118_400)
        var spans = [Span(start: .min, offset: Int64(zone.secondsFromGMT(for: first)))]
        var moment = first
        while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < last {
            let offset = Int64(zone.secondsFromGMT(for: next))
            if offset != spans[spans.count - 1].offset {
                spans.append(Span(start: Int64(next.timeIntervalSince1970), offset: offset))
            }
            moment = next
        }
        return spans
    }

    /// Seconds east of Greenwich that hold at an instant.
    package func offset(at instant: Instant) -> Int {
        Int(spans[index(at: instant.secondsSinceEpoch)].offset)
    }

    /// The local day of an instant.
    package func date(of instant: Instant) -> CivilDate {
        instant.adding(seconds: Int64(offset(at: instant))).utcDate
    }

    /// The first instant of a local day: midnight, or the end of the gap that swallows midnight.
    package func startOfDay(_ date: CivilDate) -> Instant {
        switch resolve(date, secondOfDay: 0) {
        case .unique(let instant), .fold(first: let instant, second: _), .gap(let instant): instant
        }
    }

    /// The instant at which the clock of the place shows what `reading` says in UTC.
    ///
    /// - Returns: The earlier of two; `nil` for a time that the clock skipped.
    package func instant(ofClock reading: Instant) -> Instant? {
        let day = reading.utcDate
        let midnight = Int64(day.daysSinceEpoch) * 86_400
        switch resolve(day, secondOfDay: Int(reading.secondsSinceEpoch - midnight)) {
        case .unique(let instant), .fold(first: let instant, second: _): return instant
        case .gap: return nil
        }
    }

    /// Turns a local time into UTC.
    ///
    /// - Parameter secondOfDay: 0…86,400 on the clock of a day without change; 86,400 is the end
    ///   of the day.
    package func resolve(_ date: CivilDate, secondOfDay: Int) -> Resolution {
        let local = Int64(date.daysSinceEpoch) * 86_400 + Int64(secondOfDay)
        // No offset exceeds a day, so only spans next to the guess can hold the label.
        let guess = index(at: local)
        var found: [Instant] = []
        for candidate in max(0, guess - 2)...min(spans.count - 1, guess + 2) {
            let seconds = local - spans[candidate].offset
            guard spans[candidate].start <= seconds, seconds < end(of: candidate) else { continue }
            found.append(Instant(secondsSinceEpoch: seconds))
        }
        if found.count == 2 { return .fold(first: found[0], second: found[1]) }
        if let only = found.first { return .unique(only) }
        return .gap(transition: transition(skipping: local, near: guess))
    }

    /// The stretch of local time around a label in which each label means one instant by one
    /// offset, all in seconds.
    ///
    /// - Returns: `nil` for a label that occurs twice or not at all.
    func plainStretch(
        around label: Int64
    ) -> (labels: Swift.Range<Int64>, offset: Int64)? {
        let guess = index(at: label)
        for candidate in max(0, guess - 2)...min(spans.count - 1, guess + 2) {
            let offset = spans[candidate].offset
            let before = candidate > 0 ? spans[candidate - 1].offset : offset
            let isLast = candidate + 1 == spans.count
            let after = isLast ? offset : spans[candidate + 1].offset
            // No offset exceeds a day; the ends of time are none.
            let start = max(spans[candidate].start, -1 << 60) + max(offset, before)
            let end = min(self.end(of: candidate), 1 << 60) + min(offset, after)
            if start <= label, label < end { return (start..<end, offset) }
        }
        return nil
    }

    /// The instant at which the clock jumped over a local time.
    private func transition(skipping local: Int64, near guess: Int) -> Instant {
        for candidate in max(1, guess - 2)...min(spans.count - 1, guess + 2) {
            let start = spans[candidate].start
            if start + spans[candidate - 1].offset <= local,
                local < start + spans[candidate].offset
            {
                return Instant(secondsSinceEpoch: start)
            }
        }
        preconditionFailure("A label that no span holds is skipped by one transition.")
    }

    private func end(of index: Int) -> Int64 {
        index + 1 < spans.count ? spans[index + 1].start : .max
    }

    /// The last span that begins at or before a moment.
    private func index(at seconds: Int64) -> Int {
        var low = 0
        var high = spans.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if spans[middle].start <= seconds { low = middle } else { high = middle }
        }
        return low
    }
}
