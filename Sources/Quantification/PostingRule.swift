package import Inventory
package import LedgerCore

/// The named rules by which entries are made. A name changes when its arithmetic does.
package enum PostingRule: String, CaseIterable, Hashable, Sendable {
    /// A quantity moves between physical accounts, as it is.
    case physicalFlow = "physical-flow/1"
    /// Quantity × factor, gas by gas, rounded once.
    case factorProduct = "factor-product/1"
    /// Σ reading × value of a factor series at its time, rounded once.
    case factorSeriesProduct = "factor-series-product/1"
    /// No factor fits: the quantity waits in the control account.
    case unresolvedFactor = "unresolved-factor/1"
    /// One month's share of embodied carbon moves from stock to use.
    case straightLineMonthly = "straight-line-monthly/1"
    /// Refrigerant that equipment lost, species by species.
    case refrigerantLoss = "refrigerant-loss/1"
    /// A mass that a supplier states, rounded once.
    case statedEmission = "stated-emission/1"
    /// Electricity that a certificate covers leaves the market basis.
    case certificateCoverage = "certificate-coverage/1"
}

/// The one rounding of a posting.
package enum PostingRounding {
    package static let name = "half-even at the milligram"
    package static let none = "none"
    package static let coverage = "toward zero at the milligram"
    package static let straightLine = "cumulative, towards zero, at the milligram"
}

/// Which factors an activity takes, and what they stand for.
package struct RolePlan: Hashable, Sendable {
    package let role: FactorRole
    package let source: EmissionSource
    /// Without a factor: post to the control account, or leave out.
    package let isRequired: Bool

    package init(role: FactorRole, source: EmissionSource, isRequired: Bool) {
        self.role = role
        self.source = source
        self.isRequired = isRequired
    }

    package static func basis(of role: FactorRole) -> Basis {
        switch role {
        case .location: .location
        case .market: .market
        case .direct, .upstream, .transmissionAndDistribution, .cradleToGate, .transport, .waste,
            .spend, .marginal:
            .common
        }
    }

    /// The roles of an activity, in posting order.
    ///
    /// Source: GHG Protocol Scope 2 Guidance (both totals), Scope 3 Guidance table 3.1.
    package static func plans(for record: ActivityRecord) -> [RolePlan] {
        switch record.treatment {
        case .consumption(let consumption):
            consumption.direction == .import ? plans(consuming: record.activity) : []
        case .capitalGood(let good):
            [RolePlan(role: role(of: good.source), source: good.source, isRequired: true)]
        case .expense(let expense):
            [RolePlan(role: role(of: expense.source), source: expense.source, isRequired: true)]
        case .refrigerantLeak:
            [RolePlan(role: .direct, source: .fugitive, isRequired: true)]
        case .certificate:
            [RolePlan(role: .market, source: .purchasedElectricity, isRequired: true)]
        case .refrigerantCharge, .refrigerantRecovery, .statedEmission: []
        }
    }

    private static func plans(consuming activity: ActivityCode) -> [RolePlan] {
        switch activity {
        case .electricity:
            [
                RolePlan(role: .location, source: .purchasedElectricity, isRequired: true),
                RolePlan(role: .market, source: .purchasedElectricity, isRequired: true),
                RolePlan(role: .upstream, source: .electricityUpstream, isRequired: false),
                RolePlan(
                    role: .transmissionAndDistribution, source: .transmissionAndDistribution,
                    isRequired: false),
            ]
        case .districtHeat: purchased(.purchasedHeat)
        case .districtCooling: purchased(.purchasedCooling)
        case .steam: purchased(.purchasedSteam)
        case .water: []
        case _:
            [
                RolePlan(role: .direct, source: .stationaryCombustion, isRequired: true),
                RolePlan(role: .upstream, source: .fuelUpstream, isRequired: false),
            ]
        }
    }

    private static func purchased(_ source: EmissionSource) -> [RolePlan] {
        [
            RolePlan(role: .location, source: source, isRequired: true),
            RolePlan(role: .market, source: source, isRequired: true),
        ]
    }

    private static func role(of source: EmissionSource) -> FactorRole {
        switch source {
        case .upstreamTransport, .downstreamTransport: .transport
        case .waste, .endOfLifeOfSoldProducts: .waste
        case _: .cradleToGate
        }
    }
}
