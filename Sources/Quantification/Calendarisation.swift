package import Inventory
package import Quantities

/// The part of an activity that falls into one calendar month.
package struct ActivityPart: Hashable, Sendable {
    package let period: ReportingPeriod
    package let quantity: Quantity

    package init(period: ReportingPeriod, quantity: Quantity) {
        self.period = period
        self.quantity = quantity
    }
}

/// Shares the quantity of a period among the calendar months it touches.
package enum Calendarisation {
    /// Shares are found in steps of the quantity's last digit, or of 0.001 units if it has fewer.
    package static let decimals = 3

    /// The parts of an activity, in order, by days, by largest remainder: they sum to the whole.
    ///
    /// - Throws: `overflow` for quantities near the limit of exact decimals.
    package static func parts(
        of quantity: Quantity, over period: ReportingPeriod
    ) throws(QuantityError) -> [ActivityPart] {
        let months = period.byMonth
        guard months.count > 1 else { return [ActivityPart(period: period, quantity: quantity)] }
        let shares = try Allocation.largestRemainder(
            quantity.amount, weights: months.map { Int128($0.days) }, decimals: decimals)
        return zip(months, shares).map {
            ActivityPart(period: $0, quantity: Quantity($1, quantity.unit))
        }
    }
}
