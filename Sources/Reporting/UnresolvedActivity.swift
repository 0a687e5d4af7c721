package import Inventory
package import LedgerCore
package import Quantities

/// An activity for which no factor fits: in no total, on the first page.
package struct UnresolvedActivity: Hashable, Sendable {
    package let facility: FacilityID
    package let role: FactorRole
    package let activity: String
    package let basis: Basis
    package let quantity: Quantity
    /// What the quantity is of, where the unit alone does not say it.
    package let substance: String?
}

extension UnresolvedActivity {
    static let accountPrefix = "control:unresolved-factor"

    /// Reads a balance of `control:unresolved-factor:<role>:<activity>`.
    ///
    /// - Returns: `nil` for any other account.
    init?(_ line: StatementLedger.Line) {
        let segments = line.key.account.segments
        guard line.key.account.isWithin(Self.accountPrefix), segments.count == 4,
            let role = FactorRole(rawValue: String(segments[2])),
            case .physical(let unit, let substance) = line.key.commodity
        else { return nil }
        self.init(
            facility: line.key.facility, role: role, activity: String(segments[3]),
            basis: line.key.basis, quantity: Quantity(line.amount, unit),
            substance: substance)
    }

    /// True if the missing emissions may belong to what the query sums.
    func mayBelong(to query: AccountQuery) -> Bool {
        guard query.bases.contains(basis), query.facility.map({ $0 == facility }) ?? true,
            query.span == .period || query.span == .untilEnd
        else { return false }
        return query.accounts.contains { account in
            if account.hasPrefix("object:") { return mayBelong(toObject: account) }
            return role.sources.contains { Account.source($0).isWithin(account) }
        }
    }

    /// Energy is used in a module of the use stage; a good is acquired or used in any but B6.
    private func mayBelong(toObject account: String) -> Bool {
        let segments = account.split(separator: ":")
        guard segments.count > 2, segments[1] == facility.rawValue, role.isInInventory else {
            return false
        }
        if segments.count == 3 { return segments[2] != "stock" || role.concernsGoods }
        return role.concernsGoods
            ? segments[3] != "B6" : segments[2] != "stock" && segments[3].hasPrefix("B")
    }
}

extension FactorRole {
    var isInInventory: Bool { !sources.isEmpty }

    /// The sources an activity in this role is credited to.
    var sources: [EmissionSource] {
        switch self {
        case .direct:
            [.stationaryCombustion, .mobileCombustion, .process, .fugitive, .biogenicCarbonDioxide]
        case .location, .market:
            [.purchasedElectricity, .purchasedHeat, .purchasedSteam, .purchasedCooling]
        case .upstream: [.fuelUpstream, .electricityUpstream]
        case .transmissionAndDistribution: [.transmissionAndDistribution]
        case .transport: [.upstreamTransport, .downstreamTransport]
        case .waste: [.waste, .endOfLifeOfSoldProducts]
        case .cradleToGate, .spend: Self.goodsAndServices
        case .marginal: []
        }
    }

    /// Every category of scope 3 but those that another role stands for.
    private static let goodsAndServices = EmissionSource.allCases.filter { source in
        source.scope3Category.map { ![3, 4, 5, 9, 12].contains($0) } ?? false
    }

    /// True for the roles of what may become part of an asset.
    var concernsGoods: Bool {
        switch self {
        case .cradleToGate, .transport, .waste, .spend: true
        case .direct, .location, .market, .upstream, .transmissionAndDistribution, .marginal: false
        }
    }

    /// In words, for a table.
    var title: String {
        switch self {
        case .direct: "combustion at the facility (scope 1)"
        case .location: "grid mix (scope 2, location-based)"
        case .market: "contract or residual mix (scope 2, market-based)"
        case .upstream: "upstream of fuel or power (scope 3)"
        case .transmissionAndDistribution: "transmission and distribution losses (scope 3)"
        case .cradleToGate: "cradle to gate of a good (scope 3)"
        case .transport: "transport (scope 3)"
        case .waste: "waste treatment (scope 3)"
        case .spend: "spend (scope 3)"
        case .marginal: "marginal (outside the inventory)"
        }
    }
}
