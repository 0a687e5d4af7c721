/// A half-open span of calendar days, `[start, end)`, in the local time of a facility.
package struct ReportingPeriod: Hashable, Sendable {
    package let start: CivilDate
    /// The first day that no longer belongs to the period.
    package let end: CivilDate

    /// - Returns: `nil` unless `start < end`.
    package init?(start: CivilDate, end: CivilDate) {
        guard start < end else { return nil }
        self.init(unchecked: start, end)
    }

    init(unchecked start: CivilDate, _ end: CivilDate) {
        self.start = start
        self.end = end
    }

    /// Reads `YYYY`, `YYYY-MM`, or `YYYY-MM-DD/YYYY-MM-DD` (end excluded).
    package init?(_ text: String) {
        if let month = CalendarMonth(text), let end = CivilDate(month.next.firstDay.description) {
            self.init(unchecked: month.firstDay, end)
        } else if text.utf8.count == 4, let first = CivilDate(text + "-01-01"),
            let last = CivilDate(year: first.year + 1, month: 1, day: 1)
        {
            self.init(unchecked: first, last)
        } else {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, let start = CivilDate(String(parts[0])),
                let end = CivilDate(String(parts[1]))
            else { return nil }
            self.init(start: start, end: end)
        }
    }

    /// The last day that belongs to the period.
    package var lastDay: CivilDate { end.adding(days: -1) }

    package var days: Int { end.daysSinceEpoch - start.daysSinceEpoch }

    package func contains(_ date: CivilDate) -> Bool { start <= date && date < end }

    package func overlaps(_ other: ReportingPeriod) -> Bool {
        start < other.end && other.start < end
    }

    /// The parts of the period in each calendar month it touches, in order.
    package var byMonth: [ReportingPeriod] {
        var parts: [ReportingPeriod] = []
        var cursor = start
        while cursor < end {
            let boundary = min(cursor.calendarMonth.next.firstDay, end)
            parts.append(ReportingPeriod(unchecked: cursor, boundary))
            cursor = boundary
        }
        return parts
    }
}

extension ReportingPeriod: CustomStringConvertible {
    /// `YYYY-MM-DD/YYYY-MM-DD`, end excluded (ISO 8601 interval).
    package var description: String { "\(start)/\(end)" }
}

extension ReportingPeriod: TextCodable {}

extension CivilDate {
    /// The period of this one day.
    package var asPeriod: ReportingPeriod { ReportingPeriod(unchecked: self, adding(days: 1)) }
}
