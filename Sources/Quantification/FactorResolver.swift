package import Inventory
package import Quantities

/// What a factor is asked for.
package struct FactorRequest: Hashable, Sendable {
    package let activity: ActivityCode
    package let role: FactorRole
    package let facility: Facility
    package let supplier: SupplierID?
    /// The factor must hold on every day of it.
    package let period: ReportingPeriod
    /// The unit of the activity; the factor's must measure the same.
    package let unit: Unit
    /// The moments between which its readings lie, which a factor series should cover.
    package let slot: ClaimSlot?

    package init(
        activity: ActivityCode, role: FactorRole, facility: Facility, supplier: SupplierID?,
        period: ReportingPeriod, unit: Unit, slot: ClaimSlot? = nil
    ) {
        self.slot = slot
        self.activity = activity
        self.role = role
        self.facility = facility
        self.supplier = supplier
        self.period = period
        self.unit = unit
    }
}

/// A factor that was considered and why it was not taken.
package struct RejectedFactor: Hashable, Sendable {
    package enum Reason: String, Hashable, Sendable {
        case region = "another region"
        case validity = "not valid in the period"
        case dimension = "another kind of unit"
        case declaration = "declared for one product, and no rule takes it"
        case lowerHeatingValue = "on the lower heating value"
        case ambiguous = "equal to another candidate"
    }

    package let identity: String
    package let reason: Reason

    package init(identity: String, reason: Reason) {
        self.identity = identity
        self.reason = reason
    }
}

/// The outcome of a resolution, with what was rejected on the way.
package enum FactorResolution: Hashable, Sendable {
    /// - Parameter rule: The organisation's rule that decided, where one did.
    case resolved(BookedFactor, rule: FactorRule?, rejected: [RejectedFactor])
    /// A rule of the organisation names a factor series.
    case series(BookedFactorSeries, rule: FactorRule)
    /// The named series and the readings of the activity do not go together.
    case seriesUnusable(FactorRule, SeriesObjection)
    /// No factor fits.
    case missing(rejected: [RejectedFactor])
    /// Several fit equally: an error of the library or the packs, never a choice.
    case ambiguous([RejectedFactor])
    /// A rule of the organisation names a factor that the book lacks or that does not fit.
    case ruleUnusable(FactorRule)
}

/// Takes an activity, a region, a period and a role to exactly one factor version.
///
/// The written rule, in order:
/// 1. The first rule of the organisation, in file order, whose conditions hold names the factor.
///    Its validity is not asked again: a rule may take edition 2023 for 2025, and is disclosed.
/// 2. Else the factors of the facility's grid region, else those of its country (the order of the
///    GHG Protocol Scope 2 Guidance for location-based data: regional, then national), that are
///    active, not superseded, valid on every day, of the same dimension, and for fuels measured
///    in energy on the higher heating value. Exactly one must remain. A factor declared for one
///    product is never among them.
///
/// A factor series is taken by a rule only, never by region. Of the versions of its key the one
/// that covers the readings is taken; where none does, the earliest that overlaps them, else the
/// earliest, so that the first hour without a value can be named.
///
/// No nearest year, no world average, no highest value as tie-break.
package struct FactorResolver: Sendable {
    private let catalog: FactorCatalog
    /// What a rule must name to be looked at: hundreds of facilities have hundreds of rules.
    private struct RuleKey: Hashable {
        let activity: ActivityCode
        let role: FactorRole
        let facility: FacilityID?
    }

    /// The rules of a key in the order of the organisation, with their place in it.
    private let rules: [RuleKey: [(place: Int, rule: FactorRule)]]

    package init(catalog: FactorCatalog, rules: [FactorRule]) {
        self.catalog = catalog
        self.rules = Dictionary(
            grouping: rules.enumerated().map { (place: $0.offset, rule: $0.element) }
        ) { RuleKey(activity: $0.rule.activity, role: $0.rule.role, facility: $0.rule.facility) }
    }

    package func resolve(_ request: FactorRequest) -> FactorResolution {
        if let rule = rule(for: request) {
            let live = catalog.live(key: rule.factorKey)
            if live.isEmpty, let series = series(rule.factorKey, request) {
                return .series(series, rule: rule)
            }
            guard live.count == 1, let booked = live.first,
                Self.mayPlay(request.role, booked.factor),
                booked.factor.activityUnit.dimension == request.unit.dimension
            else { return .ruleUnusable(rule) }
            return .resolved(booked, rule: rule, rejected: [])
        }
        return byRegion(request)
    }

    /// A factor plays its own role. By a rule, and only by a rule, the grid average may stand for
    /// the market: the last step of the hierarchy, disclosed (Scope 2 Guidance, table 6.3; S2-2).
    private static func mayPlay(_ role: FactorRole, _ factor: EmissionFactor) -> Bool {
        factor.role == role || (role == .market && factor.role == .location)
    }

    /// A series plays its own role, and never the market's: certificates cover quantities, and
    /// which hours they cover is not stated.
    private func series(_ key: String, _ request: FactorRequest) -> BookedFactorSeries? {
        guard request.role != .market else { return nil }
        let fitting = catalog.liveSeries(key: key).filter { booked in
            let factor = booked.series.factor
            return factor.role == request.role && factor.activity == request.activity
                && factor.activityUnit.dimension == request.unit.dimension
        }
        guard let start = request.slot?.start, let end = request.slot?.end else {
            return fitting.count == 1 ? fitting[0] : nil
        }
        let covering = fitting.filter { $0.series.start <= start && end <= $0.series.end }
        guard covering.isEmpty else { return covering.count == 1 ? covering[0] : nil }
        let overlapping = fitting.filter { $0.series.start < end && start < $0.series.end }
        return (overlapping.isEmpty ? fitting : overlapping)
            .min { $0.series.start < $1.series.start }
    }

    private func byRegion(_ request: FactorRequest) -> FactorResolution {
        var rejected: [RejectedFactor] = []
        var fitting: [BookedFactor] = []
        for candidate in catalog.candidates(request.activity, request.role) {
            if let reason = Self.objection(to: candidate.factor, request) {
                rejected.append(
                    RejectedFactor(identity: candidate.factor.identity, reason: reason))
            } else {
                fitting.append(candidate)
            }
        }
        let regions = [request.facility.gridRegion, request.facility.country].compactMap(\.self)
        for region in regions {
            let here = fitting.filter { $0.factor.region == region }
            guard let first = here.first else { continue }
            guard here.count == 1 else {
                return .ambiguous(
                    here.map { RejectedFactor(identity: $0.factor.identity, reason: .ambiguous) })
            }
            let others = fitting.filter { $0 != first }.map {
                RejectedFactor(identity: $0.factor.identity, reason: .region)
            }
            return .resolved(first, rule: nil, rejected: rejected + others)
        }
        return .missing(
            rejected: rejected
                + fitting.map { RejectedFactor(identity: $0.factor.identity, reason: .region) })
    }

    private static func objection(
        to factor: EmissionFactor, _ request: FactorRequest
    ) -> RejectedFactor.Reason? {
        if factor.declaration != nil { return .declaration }
        if factor.activityUnit.dimension != request.unit.dimension { return .dimension }
        if factor.heatingValueBasis == .lower { return .lowerHeatingValue }
        if !factor.isValid(on: request.period.start) || !factor.isValid(on: request.period.lastDay)
        {
            return .validity
        }
        return nil
    }

    /// The first rule of the organisation that holds.
    private func rule(for request: FactorRequest) -> FactorRule? {
        [request.facility.id, nil].compactMap { facility in
            let key = RuleKey(
                activity: request.activity, role: request.role, facility: facility)
            return rules[key]?.first { Self.holds($0.rule, for: request) }
        }.min { $0.place < $1.place }?.rule
    }

    private static func holds(_ rule: FactorRule, for request: FactorRequest) -> Bool {
        (rule.supplier.map { $0 == request.supplier } ?? true)
            && (rule.period.map {
                $0.start <= request.period.start && request.period.end <= $0.end
            } ?? true)
    }
}
