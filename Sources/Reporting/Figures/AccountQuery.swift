package import Inventory
package import LedgerCore
internal import Quantities

/// The postings a figure sums: what `explain` lists, and what an auditor repeats.
package struct AccountQuery: Hashable, Sendable {
    /// The normal balance: a figure is positive on this side.
    package enum Sign: String, Hashable, Sendable { case debit, credit }

    /// Which entries by the day they take effect.
    package enum Span: String, Hashable, Sendable {
        case period, before, comparison
        case untilEnd = "until-end"
    }

    package enum Selection: Hashable, Sendable {
        /// Gases of the Kyoto basket, and CO2e where a source gives nothing finer.
        case withinScopes
        case substance(Substance)
        /// CO2e of every GWP set except this one; of every set for `nil`.
        case equivalents(exceptSet: GWPValueSet?)
        case commodity(Commodity)
        /// Physical commodities measured in a unit of energy.
        case energy
    }

    /// Accounts, and all accounts below them.
    package let accounts: [String]
    package let bases: [Basis]
    package let facility: FacilityID?
    package let selection: Selection
    package let sign: Sign
    package let span: Span
    /// Only entries that also post to an account below one of these; empty for all entries.
    package let beside: [String]

    package init(
        _ sign: Sign, of accounts: [String], bases: [Basis], selection: Selection = .withinScopes
    ) {
        self.init(
            sign: sign, accounts: accounts, bases: bases, facility: nil, selection: selection,
            span: .period, beside: [])
    }

    private init(
        sign: Sign, accounts: [String], bases: [Basis], facility: FacilityID?,
        selection: Selection, span: Span, beside: [String]
    ) {
        self.accounts = accounts
        self.bases = bases
        self.facility = facility
        self.selection = selection
        self.sign = sign
        self.span = span
        self.beside = beside
    }

    package func at(_ facility: FacilityID?) -> AccountQuery {
        AccountQuery(
            sign: sign, accounts: accounts, bases: bases, facility: facility,
            selection: selection, span: span, beside: beside)
    }

    package func during(_ span: Span) -> AccountQuery {
        AccountQuery(
            sign: sign, accounts: accounts, bases: bases, facility: facility,
            selection: selection, span: span, beside: beside)
    }

    package func of(_ selection: Selection) -> AccountQuery {
        AccountQuery(
            sign: sign, accounts: accounts, bases: bases, facility: facility,
            selection: selection, span: span, beside: beside)
    }

    package func beside(_ accounts: [String]) -> AccountQuery {
        AccountQuery(
            sign: sign, accounts: self.accounts, bases: bases, facility: facility,
            selection: selection, span: span, beside: accounts)
    }
}

extension AccountQuery {
    /// True for a balance that the figure sums; `span` and `beside` need the entries.
    package func selects(_ key: TrialBalance.Key) -> Bool {
        bases.contains(key.basis) && (facility.map { $0 == key.facility } ?? true)
            && selection.contains(key.commodity)
            && accounts.contains { key.account.isWithin($0) }
    }

    /// The postings of an entry that the figure sums; the caller selects entries by `span`.
    package func postings(of entry: JournalEntry) -> [Posting] {
        let admitted =
            beside.isEmpty
            || entry.postings.contains { posting in
                beside.contains { posting.account.isWithin($0) }
            }
        guard admitted else { return [] }
        return entry.postings.filter { posting in
            selects(
                TrialBalance.Key(
                    facility: entry.facility, account: posting.account,
                    commodity: posting.commodity, basis: posting.basis))
        }
    }

    /// The scope whose accounts the query names, where it is one.
    package var scope: EmissionSource.Scope? {
        let scopes = Set(
            accounts.map { account in
                EmissionSource.Scope.allCases.first { account.hasPrefix($0.accountPrefix) }
            })
        guard scopes.count == 1, let only = scopes.first else { return nil }
        return only
    }
}

extension AccountQuery: CustomStringConvertible {
    /// One line of words, such as `credits of source:scope1 in basis common, gases in scope`.
    package var description: String {
        var text = "\(sign.rawValue)s of \(accounts.joined(separator: ", "))"
        if let facility { text += " at \(facility)" }
        text += " in basis \(bases.map(\.description).joined(separator: " + "))"
        text += ", \(selection)"
        if !beside.isEmpty {
            text += ", of entries that also post to \(beside.joined(separator: ", "))"
        }
        return text + span.words
    }
}

extension AccountQuery.Span {
    fileprivate var words: String {
        switch self {
        case .period: ""
        case .before: ", before the period"
        case .comparison: ", in the period of comparison"
        case .untilEnd: ", up to the end of the period"
        }
    }
}

extension AccountQuery.Selection: CustomStringConvertible {
    package func contains(_ commodity: Commodity) -> Bool {
        switch (self, commodity) {
        case (.withinScopes, .emission(let substance)): substance.isWithinScopes
        case (.substance(let wanted), .emission(let substance)): wanted == substance
        case (.equivalents(let except), .emission(.carbonDioxideEquivalent(let set))):
            set != except
        case (.commodity(let wanted), let commodity): wanted == commodity
        case (.energy, .physical(let unit, _)): unit.dimension == .energy
        case (.withinScopes, .physical), (.substance, .physical), (.equivalents, _),
            (.energy, .emission):
            false
        }
    }

    package var description: String {
        switch self {
        case .withinScopes: "gases within the scopes"
        case .substance(let substance): "only \(substance)"
        case .equivalents(nil): "only CO2e that names no gas"
        case .equivalents(let set?): "only CO2e that names no gas, of sets other than \(set)"
        case .commodity(let commodity): "only \(commodity)"
        case .energy: "energy"
        }
    }
}

extension Substance {
    /// False for biogenic CO2 and for gases outside the Kyoto basket (GHG Protocol, chapter 9).
    package var isWithinScopes: Bool {
        switch self {
        case .carbonDioxideEquivalent: true
        case .gas(let gas):
            switch gas.family {
            case .carbonDioxide, .methane, .nitrousOxide, .hydrofluorocarbons, .perfluorocarbons,
                .sulphurHexafluoride, .nitrogenTrifluoride:
                true
            case .biogenicCarbonDioxide, .outsideKyoto: false
            }
        }
    }
}

extension EmissionSource.Scope {
    /// The account above all sources of the scope.
    package var accountPrefix: String {
        switch self {
        case .one: "source:scope1"
        case .two: "source:scope2"
        case .three: "source:scope3"
        case .outside: "source:outside-scopes"
        }
    }

    /// All accounts within the scopes, none outside.
    package static let inventoryAccounts = [one, two, three].map(\.accountPrefix)
}
