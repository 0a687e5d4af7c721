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

    package init(of date: CivilDate) {
        year = date.year
        month = date.month
    }

    package var next: CalendarMonth { adding(months: 1) }

    package func adding(months: Int) -> CalendarMonth {
        let index = ordinal + months
        guard let month = CalendarMonth(year: index / 12, month: index % 12 + 1) else {
            preconditionFailure("A month is computed within the years 1900 to 2200.")
        }
        return month
    }

    /// Months counted from year 0.
    package var ordinal: Int { year * 12 + month - 1 }

    package var firstDay: CivilDate {
        guard let day = CivilDate(year: year, month: month, day: 1) else {
            preconditionFailure("Each month has a first day.")
        }
        return day
    }

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
