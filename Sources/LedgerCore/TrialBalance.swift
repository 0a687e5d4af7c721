package import Inventory
package import Quantities

/// The balances of accounts: a pure fold over entries.
package struct TrialBalance: Hashable, Sendable {
    package struct Key: Hashable, Sendable, Comparable {
        package let facility: FacilityID
        package let account: Account
        package let commodity: Commodity
        package let basis: Basis

        package init(facility: FacilityID, account: Account, commodity: Commodity, basis: Basis) {
            self.facility = facility
            self.account = account
            self.commodity = commodity
            self.basis = basis
        }

        package static func < (left: Key, right: Key) -> Bool {
            (left.account, left.facility, left.commodity, left.basis)
                < (right.account, right.facility, right.commodity, right.basis)
        }
    }

    /// Debit positive; no zero balances.
    package private(set) var balances: [Key: ExactDecimal] = [:]

    package init() {}

    /// The balances of some entries.
    ///
    /// - Throws: `overflow` where a balance exceeds the range of exact decimals.
    package init(of entries: some Sequence<JournalEntry>) throws(QuantityError) {
        for entry in entries { try add(entry) }
    }

    package mutating func add(_ entry: JournalEntry) throws(QuantityError) {
        for posting in entry.postings {
            try add(
                posting.amount,
                to: Key(
                    facility: entry.facility, account: posting.account,
                    commodity: posting.commodity, basis: posting.basis))
        }
    }

    /// Adds an amount to one balance; a balance that becomes zero disappears.
    package mutating func add(_ amount: ExactDecimal, to key: Key) throws(QuantityError) {
        let sum = try (balances[key] ?? .zero).adding(amount)
        balances[key] = sum.isZero ? nil : sum
    }

    /// The sum of the balances that a condition selects, per commodity.
    package func totals(
        where isSelected: (Key) -> Bool
    ) throws(QuantityError) -> [Commodity: ExactDecimal] {
        var totals: [Commodity: ExactDecimal] = [:]
        for (key, amount) in balances where isSelected(key) {
            totals[key.commodity] = try (totals[key.commodity] ?? .zero).adding(amount)
        }
        return totals
    }
}
