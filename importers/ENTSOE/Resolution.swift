internal import ImportKit
internal import Inventory

/// The length of the positions of a period.
enum Resolution: Hashable {
    case seconds(Int64)
    /// Days, or months, of the calendar of the market: they follow its clock changes.
    case days(Int)
    case months(Int)

    /// Reads the durations of `xs:duration` that have one component: PT15M, PT1H, P1D, P7D, P1M …
    init?(_ text: String) {
        guard text.first == "P", let designator = text.last,
            let number = Int(text.dropFirst(text.hasPrefix("PT") ? 2 : 1).dropLast()),
            (1...1_000_000).contains(number)
        else { return nil }
        switch (text.hasPrefix("PT"), designator) {
        case (true, "S"): self = .seconds(Int64(number))
        case (true, "M"): self = .seconds(Int64(number) * 60)
        case (true, "H"): self = .seconds(Int64(number) * 3_600)
        case (false, "D"): self = .days(number)
        case (false, "W"): self = .days(number * 7)
        case (false, "M"): self = .months(number)
        case (false, "Y"): self = .months(number * 12)
        case _: return nil
        }
    }

    /// The moments at which the positions of an interval begin, and its end.
    ///
    /// - Parameter limit: More positions are not listed.
    /// - Returns: `nil` unless the positions fill the interval exactly.
    func boundaries(from start: Instant, to end: Instant, limit: Int) -> [Instant]? {
        guard start < end else { return nil }
        switch self {
        case .seconds(let step): return Self.even(start, end, step, limit)
        case .days(let days):
            if let zone = Self.market(start, end) {
                return Self.calendar(start, end, zone, limit) { $0.adding(days: days * $1) }
            }
            return Self.even(start, end, Int64(days) * 86_400, limit)
        case .months(let months):
            guard let zone = Self.market(start, end) else { return nil }
            return Self.calendar(start, end, zone, limit) { Self.adding(months * $1, to: $0) }
        }
    }

    private static func even(
        _ start: Instant, _ end: Instant, _ step: Int64, _ limit: Int
    ) -> [Instant]? {
        let seconds = end.secondsSinceEpoch - start.secondsSinceEpoch
        guard seconds.isMultiple(of: step), seconds / step <= Int64(limit) else { return nil }
        return (0...seconds / step).map { start.adding(seconds: $0 * step) }
    }

    private static func calendar(
        _ start: Instant, _ end: Instant, _ zone: LocalTimeZone, _ limit: Int,
        _ day: (CivilDate, Int) -> CivilDate?
    ) -> [Instant]? {
        let first = zone.date(of: start)
        var moments = [start]
        while let last = moments.last, last < end {
            guard moments.count <= limit, let next = day(first, moments.count),
                next > zone.date(of: last)
            else { return nil }
            moments.append(zone.startOfDay(next))
        }
        return moments.last == end ? moments : nil
    }

    /// The same day of a later month.
    private static func adding(_ months: Int, to date: CivilDate) -> CivilDate? {
        let month = date.year * 12 + date.month - 1 + months
        return CivilDate(year: month / 12, month: month % 12 + 1, day: date.day)
    }

    /// The time zones of European markets. All change their clocks at the same moment, so that
    /// an interval of whole days in one of them is none in another.
    private static let markets = [
        "Europe/Brussels", "Europe/London", "Europe/Helsinki", "UTC",
    ].compactMap { LocalTimeZone(identifier: $0) }

    private static func market(_ start: Instant, _ end: Instant) -> LocalTimeZone? {
        markets.first { zone in
            [start, end].allSatisfy { zone.startOfDay(zone.date(of: $0)) == $0 }
        }
    }
}
