/// A decision of the organisation which factor an activity takes, where region and date alone
/// do not decide: another region, an earlier edition, a supplier's own figure. Each is disclosed.
package struct FactorRule: Hashable, Sendable, Codable {
    package let activity: ActivityCode
    package let role: FactorRole
    /// The facilities it holds for; `nil` holds for all.
    package let facility: FacilityID?
    /// Only activities of this supplier; `nil` holds for all.
    package let supplier: SupplierID?
    /// Only activities within this period; `nil` holds always.
    package let period: ReportingPeriod?
    /// The key of the factor to use, such as `epa.egrid2023.nwpp.total`.
    package let factorKey: String
    /// Why; printed in the statement.
    package let reason: String

    package init(
        activity: ActivityCode, role: FactorRole, facility: FacilityID? = nil,
        supplier: SupplierID? = nil, period: ReportingPeriod? = nil, factorKey: String,
        reason: String
    ) {
        self.activity = activity
        self.role = role
        self.facility = facility
        self.supplier = supplier
        self.period = period
        self.factorKey = factorKey
        self.reason = reason
    }
}

/// What a factor quantifies about an activity. One activity may need several, each its own entry.
package enum FactorRole: String, CaseIterable, Hashable, Sendable, Codable {
    /// Combustion at the facility (scope 1).
    case direct
    /// Grid mix where the facility is (scope 2, location-based).
    case location
    /// Contract, supplier or residual mix (scope 2, market-based).
    case market
    /// Upstream of the fuel or of the power (scope 3, 3a and 3b; well-to-tank).
    case upstream
    /// Losses in transmission and distribution (scope 3, 3c).
    case transmissionAndDistribution = "transmission-and-distribution"
    /// Cradle to gate of a good (A1-A3).
    case cradleToGate = "cradle-to-gate"
    /// Transport work (A4; categories 4 and 9).
    case transport
    /// Waste treatment (C3, C4; category 5).
    case waste
    /// Spend-based, per unit of currency and price year.
    case spend
    /// Marginal or consequential: never in an inventory.
    case marginal
}
