/// A month of a year.
package struct CalendarMonth: Hashable, Sendable {
    package let year: Int
    package let month: Int

    package init?(year: Int, month: Int) {
        guard (1_900...2_200).contains(year), (1...12).contains(month) else { return nil }
        self.year = year
        self.month = month
    }

    /// Reads `YYYY-MM`.
    package init?(_ text: String) {
        guard let day = CivilDate(text + "-01") else { return nil }
        self.init(of: day)
    }

    /// The first month that can be read.
    package static let earliest = CalendarMonth(unchecked: 1_900, 1)

    package init(of date: CivilDate) {
        year = date.year
        month = date.month
    }

    package var next: CalendarMonth { adding(months: 1) }

    /// The month that lies `months` later. As with days, arithmetic may leave the years that can
    /// be read: the last readable month has a next one, so that its period has an end.
    package func adding(months: Int) -> CalendarMonth {
        let (year, index) = (ordinal + months).quotientAndRemainder(dividingBy: 12)
        return index < 0
            ? CalendarMonth(unchecked: year - 1, index + 13)
            : CalendarMonth(unchecked: year, index + 1)
    }

    private init(unchecked year: Int, _ month: Int) {
        self.year = year
        self.month = month
    }

    /// Months counted from year 0.
    package var ordinal: Int { year * 12 + month - 1 }

    package var firstDay: CivilDate { CivilDate(unchecked: year, month, 1) }

    /// The period from the first day of this month to the first day of the next.
    package var period: ReportingPeriod {
        ReportingPeriod(unchecked: firstDay, next.firstDay)
    }
}

extension CalendarMonth: Comparable {
    package static func < (left: CalendarMonth, right: CalendarMonth) -> Bool {
        left.ordinal < right.ordinal
    }
}

extension CalendarMonth: CustomStringConvertible {
    /// `YYYY-MM`.
    package var description: String { "\(year)-\(month.paddedToTwoDigits)" }
}

extension CalendarMonth: TextCodable {}
