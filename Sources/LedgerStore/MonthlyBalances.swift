package import Inventory
package import LedgerCore
package import Quantities

/// The turnover of each account per calendar month: what a store keeps so that the balances of
/// whole months need no posting.
package struct MonthlyBalances: Hashable, Sendable {
    package struct Key: Hashable, Sendable {
        package let month: CalendarMonth
        package let balance: TrialBalance.Key

        package init(month: CalendarMonth, balance: TrialBalance.Key) {
            self.month = month
            self.balance = balance
        }
    }

    /// Debit positive; no zero balances.
    package private(set) var amounts: [Key: ExactDecimal] = [:]

    package init() {}

    /// - Throws: `invalid` where a balance needs more digits than a store holds.
    package mutating func add(_ booked: BookedEntry) throws(LedgerStoreError) {
        let entry = booked.entry
        for posting in entry.postings {
            let balance = TrialBalance.Key(
                facility: entry.facility, account: posting.account,
                commodity: posting.commodity, basis: posting.basis)
            let key = Key(month: entry.effective.calendarMonth, balance: balance)
            guard let place = amounts.index(forKey: key) else {
                let first = try Self.sum(.zero, posting.amount, of: key)
                amounts[key] = first.isZero ? nil : first
                continue
            }
            let sum = try Self.sum(amounts.values[place], posting.amount, of: key)
            if sum.isZero { amounts.remove(at: place) } else { amounts.values[place] = sum }
        }
    }

    /// The sum of two amounts, if it can be written and read again.
    ///
    /// - Throws: `invalid` where the sum overflows or has more than 38 digits.
    package static func sum(
        _ left: ExactDecimal, _ right: ExactDecimal, of key: Key
    ) throws(LedgerStoreError) -> ExactDecimal {
        do {
            let sum = try left.adding(right)
            if sum.mantissa.magnitude < shortMantissa, sum.exponent <= 20 { return sum }
            return try ExactDecimal(parsing: sum.description)
        } catch {
            throw .invalid(
                "the balance of '\(key.balance.account)' in \(key.month) exceeds the range")
        }
    }

    /// Mantissas below it have at most 18 digits: with 20 zeros they are within 38.
    private static let shortMantissa: UInt128 = 1_000_000_000_000_000_000
}
