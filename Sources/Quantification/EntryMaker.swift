package import Inventory
package import LedgerCore
package import Quantities

package enum PostingError: Error, Hashable, Sendable {
    case quantity(QuantityError)
    case entry(JournalEntryError)
    /// The organisation does not know the facility.
    case facilityUnknown(FacilityID)
    /// A stated service life that is no positive number of months.
    case serviceLifeInvalid(String)
    /// A calculation names a rule or part that this program does not know.
    case calculationUnknown(String)
    /// The readings and the factor series do not go together.
    case series(SeriesObjection)
}

/// One entry to make: which rule, over which part, with which factor.
package struct EntryPlan: Hashable, Sendable {
    package let rule: PostingRule
    package let part: ActivityPart
    package let role: RolePlan?
    package let factor: BookedFactor?
    package let series: RuledSeries?

    /// A factor series, and the rule of the organisation that names it.
    package struct RuledSeries: Hashable, Sendable {
        package let booked: BookedFactorSeries
        /// `nil` where an entry is made again from what it cites.
        package let rule: FactorRule?

        package init(booked: BookedFactorSeries, rule: FactorRule? = nil) {
            self.booked = booked
            self.rule = rule
        }
    }

    package init(
        rule: PostingRule, part: ActivityPart, role: RolePlan? = nil, factor: BookedFactor? = nil,
        series: RuledSeries? = nil
    ) {
        self.series = series
        self.rule = rule
        self.part = part
        self.role = role
        self.factor = factor
    }
}

/// Makes a journal entry from an activity and a plan: the only place where amounts come about, so
/// that the verifier can make the same entry again.
package struct EntryMaker: Sendable {
    private let number: RecordNumber
    let record: ActivityRecord

    package init(number: RecordNumber, record: ActivityRecord) {
        self.number = number
        self.record = record
    }

    /// - Parameter pair: The readings of the activity and the values of the series, for the rule
    ///   that multiplies them.
    /// - Throws: `PostingError` where the arithmetic overflows, units do not fit, or the series
    ///   lacks a value.
    package func entry(
        _ plan: EntryPlan, with pair: SeriesPair? = nil
    ) throws(PostingError) -> JournalEntry {
        let postings: [Posting]
        do {
            postings =
                switch plan.rule {
                case .physicalFlow: try physicalFlow(plan)
                case .factorProduct: try factorProduct(plan)
                case .factorSeriesProduct: try factorSeriesProduct(plan, pair)
                case .unresolvedFactor: unresolvedFactor(plan)
                case .straightLineMonthly: try straightLine(plan)
                case .refrigerantLoss: try refrigerantLoss(plan)
                case .statedEmission: try statedEmission(plan)
                case .certificateCoverage: try certificateCoverage(plan)
                }
        } catch let error as QuantityError {
            throw .quantity(error)
        } catch let error as PostingError {
            throw error
        } catch {
            preconditionFailure("Postings fail only by quantity or posting errors.")
        }
        do {
            return try JournalEntry(
                effective: plan.part.period.lastDay, facility: record.facility,
                description: description(plan), postings: postings,
                calculation: calculation(plan))
        } catch {
            throw .entry(error)
        }
    }

    /// What an entry says it was computed from.
    package func calculation(_ plan: EntryPlan) -> JournalEntry.Calculation {
        let rounding =
            switch plan.rule {
            case .physicalFlow, .unresolvedFactor: PostingRounding.none
            case .factorProduct, .factorSeriesProduct, .refrigerantLoss, .statedEmission:
                PostingRounding.name
            case .certificateCoverage: PostingRounding.coverage
            case .straightLineMonthly: PostingRounding.straightLine
            }
        return JournalEntry.Calculation(
            rule: plan.rule.rawValue, activity: number, period: plan.part.period,
            quantity: plan.part.quantity,
            factor: plan.factor?.number ?? plan.series?.booked.number,
            factorHash: plan.factor?.hash ?? plan.series?.booked.hash, role: plan.role?.role,
            rounding: rounding)
    }

    private func description(_ plan: EntryPlan) -> String {
        let what = record.activity.rawValue
        let how =
            switch plan.rule {
            case .physicalFlow: "quantity"
            case .factorProduct, .factorSeriesProduct: plan.role?.role.rawValue ?? ""
            case .unresolvedFactor: "no factor, \(plan.role?.role.rawValue ?? "")"
            case .straightLineMonthly: "amortisation"
            case .refrigerantLoss: "loss"
            case .statedEmission: "as stated"
            case .certificateCoverage: "coverage"
            }
        let mark = record.estimated == nil ? "" : ", estimated"
        return "\(what), \(how), \(plan.part.period.start.calendarMonth)\(mark)"
    }

    // MARK: Physical accounts

    private func physicalFlow(_ plan: EntryPlan) throws(QuantityError) -> [Posting] {
        switch record.treatment {
        case .refrigerantLeak(let leak):
            return try refrigerantFlow(leak, lost: plan.part.quantity)
        case .certificate(let certificate):
            return try certificateFlow(certificate, plan.part.quantity)
        case .statedEmission: return []
        case .consumption, .capitalGood, .expense, .refrigerantCharge, .refrigerantRecovery: break
        }
        guard let flow = physicalAccounts else { return [] }
        let quantity =
            refrigerant == nil
            ? Self.inKilowattHours(plan.part.quantity)
            : try plan.part.quantity.converted(to: .kilogram)
        let commodity = Commodity.physical(quantity.unit, of: refrigerant)
        return [
            .debit(flow.debit, quantity.amount, commodity),
            .credit(
                flow.credit, quantity.amount, commodity, counterparty: record.supplier?.rawValue),
        ] + accrual(plan)
    }

    /// What the source estimated is an accrual until the actual arrives and this is reversed. The
    /// balance of its account is what is estimated still.
    private func accrual(_ plan: EntryPlan) -> [Posting] {
        guard let estimated = record.estimated, !estimated.isZero else { return [] }
        let isWhole = estimated == record.quantity.amount
        let quantity = Self.inKilowattHours(
            isWhole ? plan.part.quantity : Quantity(estimated, record.quantity.unit))
        let commodity = Commodity.physical(quantity.unit, of: nil)
        let activity = record.activity.rawValue
        return [
            .debit(Account(.control, ["estimate-accrual", activity]), quantity.amount, commodity),
            .credit(
                Account(.control, ["estimate-accrual-contra", activity]), quantity.amount,
                commodity),
        ]
    }

    private var refrigerant: String? {
        switch record.treatment {
        case .refrigerantCharge(let charge), .refrigerantRecovery(let charge): charge.refrigerant
        case .refrigerantLeak(let leak): leak.refrigerant
        case .consumption, .capitalGood, .expense, .certificate, .statedEmission: nil
        }
    }

    /// Where what comes in comes from: its supplier, if the organisation knows it.
    var supply: Account {
        Account(.physical, ["supply", record.supplier?.rawValue ?? unnamedSupply])
    }

    private var unnamedSupply: String {
        if refrigerant != nil { return "refrigerant" }
        guard case .consumption = record.treatment else { return "unnamed" }
        return Carrier(activity: record.activity)?.isDelivered == true ? "unnamed" : "grid"
    }

    /// `nil` for what has flows of its own, or none.
    private var physicalAccounts: (debit: Account, credit: Account)? {
        switch record.treatment {
        case .consumption(let consumption):
            let activity = record.activity.rawValue
            switch consumption.direction {
            case .import:
                return (Account(.physical, ["use", activity, consumption.role.rawValue]), supply)
            case .generation:
                return (
                    Account(.physical, ["use", activity, consumption.role.rawValue]),
                    Account(.physical, ["generation", activity])
                )
            case .export, .net, .unknown:
                return (
                    Account(.physical, ["export", activity]),
                    Account(.physical, ["use", activity, consumption.role.rawValue])
                )
            }
        case .capitalGood(let good):
            return (
                Account(.physical, ["asset", good.asset.rawValue, good.component.rawValue]), supply
            )
        case .expense:
            return (Account(.physical, ["use", record.activity.rawValue, "expense"]), supply)
        case .refrigerantCharge(let charge):
            return (
                Account(.physical, ["refrigerant", "charge", charge.equipment.rawValue]), supply
            )
        case .refrigerantRecovery(let charge):
            return (
                Account(.physical, ["refrigerant", "recovered", charge.equipment.rawValue]),
                Account(.physical, ["refrigerant", "charge", charge.equipment.rawValue])
            )
        case .refrigerantLeak, .certificate, .statedEmission: return nil
        }
    }

    /// Electricity comes in Wh, kWh or MWh and is posted in kWh, so that its postings add up. A
    /// unit whose kWh do not end, such as therm or MJ, stays for every amount of it.
    private static func inKilowattHours(_ quantity: Quantity) -> Quantity {
        guard quantity.unit.dimension == .energy,
            (try? Quantity(.one, quantity.unit).converted(to: .kilowattHour)) != nil,
            let converted = try? quantity.converted(to: .kilowattHour)
        else { return quantity }
        return converted
    }

    // MARK: Emissions

    private func factorProduct(_ plan: EntryPlan) throws -> [Posting] {
        guard let role = plan.role, let factor = plan.factor?.factor else {
            throw PostingError.calculationUnknown("factor product without role or factor")
        }
        let basis = RolePlan.basis(of: role.role)
        var postings: [Posting] = []
        for (substance, mass) in try EmissionProduct.masses(of: plan.part.quantity, factor) {
            postings += emission(
                mass, of: substance, from: role.source, basis: basis,
                counterparty: counterparty(role.role, factor))
        }
        return postings
    }

    private func factorSeriesProduct(
        _ plan: EntryPlan, _ pair: SeriesPair?
    ) throws(PostingError) -> [Posting] {
        guard let role = plan.role, let series = plan.series?.booked.series else {
            throw .calculationUnknown("product without role or factor series")
        }
        guard let pair, plan.part.quantity == record.quantity else { throw .series(.noReadings) }
        let mass = try SeriesProduct.mass(of: pair, in: record.quantity.unit, series)
        return emission(
            mass, of: series.substance, from: role.source, basis: RolePlan.basis(of: role.role),
            counterparty: counterparty(role.role, series.factor))
    }

    /// Both sides of one substance: what it was spent on, and where it came from.
    func emission(
        _ mass: Mass, of substance: Substance, from source: EmissionSource, basis: Basis,
        counterparty: String
    ) -> [Posting] {
        let amount = ExactDecimal(mass.milligrams)
        let commodity = Commodity.emission(substance)
        let source = Self.source(of: substance, else: source)
        return [
            .debit(object, amount, commodity, basis: basis),
            .credit(
                .source(source), amount, commodity, basis: basis, counterparty: counterparty),
        ]
    }

    /// Biogenic CO2 and gases outside the Kyoto basket stand outside the scopes (GP-3, §2.3).
    static func source(
        of substance: Substance, else source: EmissionSource
    ) -> EmissionSource {
        guard case .gas(let gas) = substance else { return source }
        switch gas.family {
        case .biogenicCarbonDioxide: return .biogenicCarbonDioxide
        case .outsideKyoto: return .ozoneDepletingSubstances
        case .carbonDioxide, .methane, .nitrousOxide, .hydrofluorocarbons, .perfluorocarbons,
            .sulphurHexafluoride, .nitrogenTrifluoride:
            return source
        }
    }

    private func counterparty(_ role: FactorRole, _ factor: EmissionFactor) -> String {
        switch role {
        case .direct: "atmosphere"
        case .location: factor.region
        case .market, .upstream, .transmissionAndDistribution, .cradleToGate, .transport, .waste,
            .spend, .marginal:
            record.supplier?.rawValue ?? factor.region
        }
    }

    /// The object side: what the emission was spent on.
    private var object: Account {
        let facility = record.facility.rawValue
        switch record.treatment {
        case .consumption, .certificate, .statedEmission:
            return Account(.object, [facility, "use", "B6", record.activity.rawValue])
        case .capitalGood(let good): return Self.stock(good, at: facility)
        case .expense(let expense):
            return Account(
                .object, [facility, "use", expense.module.rawValue, record.activity.rawValue])
        case .refrigerantCharge, .refrigerantRecovery, .refrigerantLeak:
            return Account(.object, [facility, "use", "B1", record.activity.rawValue])
        }
    }

    private static func stock(_ good: ActivityRecord.CapitalGood, at facility: String) -> Account {
        Account(
            .object,
            [
                facility, "stock", good.module.rawValue, good.asset.rawValue,
                good.component.rawValue,
            ])
    }

    private func unresolvedFactor(_ plan: EntryPlan) -> [Posting] {
        let role = plan.role?.role ?? .direct
        let segments = [role.rawValue, record.activity.rawValue]
        let commodity = Commodity.physical(plan.part.quantity.unit, of: nil)
        let basis = RolePlan.basis(of: role)
        let amount = plan.part.quantity.amount
        return [
            .debit(
                Account(.control, ["unresolved-factor"] + segments), amount, commodity,
                basis: basis),
            .credit(
                Account(.control, ["unresolved-factor-contra"] + segments), amount, commodity,
                basis: basis),
        ]
    }

    private func straightLine(_ plan: EntryPlan) throws -> [Posting] {
        guard case .capitalGood(let good) = record.treatment, let factor = plan.factor?.factor
        else { throw PostingError.calculationUnknown("amortisation of what is no capital good") }
        let schedule = try AmortisationSchedule(good, acquired: record.period.lastDay)
        let month = plan.part.period.start.calendarMonth
        let facility = record.facility.rawValue
        let use = Account(.object, [facility, "use", good.module.rawValue, "amortisation"])
        var postings: [Posting] = []
        for (substance, mass) in try EmissionProduct.masses(of: record.quantity, factor) {
            let share = schedule.share(of: mass, in: month)
            let amount = ExactDecimal(share.milligrams)
            let commodity = Commodity.emission(substance)
            postings.append(.debit(use, amount, commodity))
            postings.append(.credit(Self.stock(good, at: facility), amount, commodity))
        }
        return postings
    }
}
