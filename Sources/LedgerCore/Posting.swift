package import Quantities

/// One line of a journal entry: a debit (positive) or a credit (negative).
package struct Posting: Hashable, Sendable, Codable {
    package let account: Account
    package let commodity: Commodity
    package let basis: Basis
    /// Debit positive, credit negative; milligrams for emissions, else the commodity's unit.
    package let amount: ExactDecimal
    /// Grid zone, supplier or atmosphere.
    package let counterparty: String?

    package init(
        account: Account, commodity: Commodity, basis: Basis, amount: ExactDecimal,
        counterparty: String? = nil
    ) {
        self.account = account
        self.commodity = commodity
        self.basis = basis
        self.amount = amount
        self.counterparty = counterparty
    }

    package static func debit(
        _ account: Account, _ amount: ExactDecimal, _ commodity: Commodity, basis: Basis = .common,
        counterparty: String? = nil
    ) -> Posting {
        Posting(
            account: account, commodity: commodity, basis: basis, amount: amount,
            counterparty: counterparty)
    }

    package static func credit(
        _ account: Account, _ amount: ExactDecimal, _ commodity: Commodity, basis: Basis = .common,
        counterparty: String? = nil
    ) -> Posting {
        debit(account, amount.negated, commodity, basis: basis, counterparty: counterparty)
    }

    /// The same posting with the sign turned.
    package var reversed: Posting {
        .debit(account, amount.negated, commodity, basis: basis, counterparty: counterparty)
    }
}
