package import Inventory
internal import Quantities

/// A required role for which no factor was found.
package struct UnresolvedRole: Hashable, Sendable {
    package let role: FactorRole
    package let period: ReportingPeriod
    package let resolution: FactorResolution

    package init(role: FactorRole, period: ReportingPeriod, resolution: FactorResolution) {
        self.role = role
        self.period = period
        self.resolution = resolution
    }
}

/// The entries an activity calls for.
package struct PostingPlan: Sendable {
    package var entries: [EntryPlan] = []
    package var unresolved: [UnresolvedRole] = []
}

/// Decides which entries an activity calls for: parts by month, roles, factors.
package struct PostingPlanner: Sendable {
    private let organisation: Organisation
    private let catalog: FactorCatalog
    private let resolver: FactorResolver

    package init(organisation: Organisation, catalog: FactorCatalog) {
        self.organisation = organisation
        self.catalog = catalog
        self.resolver = FactorResolver(catalog: catalog, rules: organisation.factorRules)
    }

    /// The plan for one activity.
    ///
    /// - Parameter lastMonth: Amortisation is planned through this month.
    /// - Throws: `facilityUnknown`, `serviceLifeInvalid`, `quantity` on overflow.
    package func plan(
        _ record: ActivityRecord, through lastMonth: CalendarMonth
    ) throws(PostingError) -> PostingPlan {
        guard let facility = organisation.facility(record.facility) else {
            throw .facilityUnknown(record.facility)
        }
        guard !record.isEmpty else { return PostingPlan() }
        let parts = try Self.parts(of: record)
        var plan = PostingPlan()
        for part in parts {
            if case .statedEmission = record.treatment {
                plan.entries.append(EntryPlan(rule: .statedEmission, part: part))
                continue
            }
            plan.entries.append(EntryPlan(rule: .physicalFlow, part: part))
            if case .refrigerantLeak(let leak) = record.treatment {
                addLoss(leak, part, to: &plan)
                continue
            }
            // What certificates cover depends on all the electricity: `CertificateCoverage`.
            if case .certificate = record.treatment { continue }
            for role in RolePlan.plans(for: record) {
                try add(role, part, record, facility, through: lastMonth, to: &plan)
            }
        }
        return plan
    }

    /// The parts of an activity: by month what is used over time, whole what is acquired at once.
    package static func parts(of record: ActivityRecord) throws(PostingError) -> [ActivityPart] {
        switch record.treatment {
        case .capitalGood, .refrigerantCharge, .refrigerantRecovery, .refrigerantLeak, .certificate:
            return [ActivityPart(period: record.period, quantity: record.quantity)]
        case .consumption, .expense, .statedEmission:
            do {
                return try Calendarisation.parts(of: record.quantity, over: record.period)
            } catch {
                throw .quantity(error)
            }
        }
    }

    /// A blend is emitted by its composition, a single species as itself; of anything else nobody
    /// knows what it is.
    private func addLoss(
        _ leak: ActivityRecord.RefrigerantLeak, _ part: ActivityPart, to plan: inout PostingPlan
    ) {
        guard !part.quantity.amount.isZero else { return }
        let role = RolePlan(role: .direct, source: .fugitive, isRequired: true)
        let composition = catalog.composition(of: leak.refrigerant)
        guard composition != nil || Refrigerant.species(leak.refrigerant) != nil else {
            plan.entries.append(EntryPlan(rule: .unresolvedFactor, part: part, role: role))
            plan.unresolved.append(
                UnresolvedRole(
                    role: role.role, period: part.period, resolution: .missing(rejected: [])))
            return
        }
        plan.entries.append(
            EntryPlan(rule: .refrigerantLoss, part: part, role: role, factor: composition))
    }

    private func add(
        _ role: RolePlan, _ part: ActivityPart, _ record: ActivityRecord, _ facility: Facility,
        through lastMonth: CalendarMonth, to plan: inout PostingPlan
    ) throws(PostingError) {
        let resolution = resolver.resolve(
            FactorRequest(
                activity: record.activity, role: role.role, facility: facility,
                supplier: record.supplier, period: part.period, unit: record.quantity.unit,
                slot: record.slot))
        switch resolution {
        case .resolved(let booked, rule: _, rejected: _):
            plan.entries.append(
                EntryPlan(rule: .factorProduct, part: part, role: role, factor: booked))
            if case .capitalGood(let good) = record.treatment {
                let schedule = try AmortisationSchedule(good, acquired: record.period.lastDay)
                plan.entries += schedule.months(through: lastMonth).map { month in
                    EntryPlan(
                        rule: .straightLineMonthly,
                        part: ActivityPart(period: month.period, quantity: record.quantity),
                        role: role, factor: booked)
                }
            }
        case .series(let booked, rule: let rule):
            plan.entries.append(
                EntryPlan(
                    rule: .factorSeriesProduct, part: part, role: role,
                    series: EntryPlan.RuledSeries(booked: booked, rule: rule)))
        case .missing where !role.isRequired:
            break
        case .missing, .ambiguous, .ruleUnusable, .seriesUnusable:
            plan.entries.append(EntryPlan(rule: .unresolvedFactor, part: part, role: role))
            plan.unresolved.append(
                UnresolvedRole(role: role.role, period: part.period, resolution: resolution))
        }
    }
}
