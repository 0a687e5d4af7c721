package import Inventory
package import Quantities

/// Straight-line monthly amortisation of embodied carbon over a service life.
///
/// It begins with the month of acquisition. After `k` of `n` months `total·k/n` has moved, cut to
/// whole milligrams; a month's share is the difference, so that the shares sum to the total.
package struct AmortisationSchedule: Hashable, Sendable {
    package let firstMonth: CalendarMonth
    /// Number of months, at least 1.
    package let months: Int

    /// - Throws: `serviceLifeInvalid` unless the life is 1 to 1,200 months.
    package init(
        _ good: ActivityRecord.CapitalGood, acquired: CivilDate
    ) throws(PostingError) {
        guard let months = Int(good.serviceLifeMonths), (1...1_200).contains(months) else {
            throw .serviceLifeInvalid(good.serviceLifeMonths)
        }
        self.firstMonth = acquired.calendarMonth
        self.months = months
    }

    /// The months from the first to `last` that the life covers.
    package func months(through last: CalendarMonth) -> [CalendarMonth] {
        let count = min(months, last.ordinal - firstMonth.ordinal + 1)
        return count <= 0 ? [] : (0..<count).map { firstMonth.adding(months: $0) }
    }

    /// The share of `total` that a month of the life takes; zero outside the life.
    package func share(of total: Mass, in month: CalendarMonth) -> Mass {
        let elapsed = month.ordinal - firstMonth.ordinal + 1
        guard (1...months).contains(elapsed) else { return .zero }
        let before = Int128(total.milligrams) * Int128(elapsed - 1) / Int128(months)
        let after = Int128(total.milligrams) * Int128(elapsed) / Int128(months)
        return Mass(milligrams: Int64(after - before))
    }
}
