internal import Inventory
internal import LedgerCore
internal import Quantities

// Entries of what logs and statements state: refrigerant, certificates, emissions of suppliers.

extension EntryMaker {
    /// Refrigerant in kg of its designation: into equipment, out of it into a bottle, out of it
    /// into the air. The balance of `charge` is what the equipment should hold.
    func refrigerantFlow(
        _ leak: ActivityRecord.RefrigerantLeak, lost: Quantity
    ) throws(QuantityError) -> [Posting] {
        let equipment = leak.equipment.rawValue
        let charge = Account(.physical, ["refrigerant", "charge", equipment])
        let unit = lost.unit
        let legs: [(amount: Quantity, debit: Account, credit: Account, from: String?)] = [
            (Quantity(leak.added, unit), charge, supply, record.supplier?.rawValue),
            (
                Quantity(leak.recovered, unit),
                Account(.physical, ["refrigerant", "recovered", equipment]), charge, nil
            ),
            (lost, Account(.physical, ["refrigerant", "leak", equipment]), charge, nil),
        ]
        var postings: [Posting] = []
        for leg in legs where !leg.amount.amount.isZero {
            let quantity = try leg.amount.converted(to: .kilogram)
            let commodity = Commodity.physical(quantity.unit, of: leak.refrigerant)
            postings.append(.debit(leg.debit, quantity.amount, commodity))
            postings.append(
                .credit(leg.credit, quantity.amount, commodity, counterparty: leg.from))
        }
        return postings
    }

    /// Certificates from their registry into holding, or from holding to cancelled; those that the
    /// book never held come from the registry first.
    func certificateFlow(
        _ certificate: ActivityRecord.Certificate, _ energy: Quantity
    ) throws(QuantityError) -> [Posting] {
        let facility = record.facility.rawValue
        let quantity = try energy.converted(to: .megawattHour)
        let commodity = Commodity.physical(
            quantity.unit,
            of: "certificate \(certificate.country) \(certificate.technology.rawValue)")
        let held = Account(.certificate, ["held", facility, certificate.registry])
        var postings: [Posting] = []
        if !certificate.wasHeld {
            postings += [
                .debit(held, quantity.amount, commodity),
                .credit(
                    Account(.certificate, ["source", certificate.registry]), quantity.amount,
                    commodity, counterparty: record.supplier?.rawValue),
            ]
        }
        if certificate.cancelledOn != nil {
            let period = String(record.period.start.year)
            postings += [
                .debit(
                    Account(.certificate, ["cancelled", facility, period]), quantity.amount,
                    commodity),
                .credit(held, quantity.amount, commodity),
            ]
        }
        return postings
    }

    /// What equipment lost is emitted, species by species; a blend by its booked composition.
    func refrigerantLoss(_ plan: EntryPlan) throws -> [Posting] {
        guard case .refrigerantLeak(let leak) = record.treatment else {
            throw PostingError.calculationUnknown("a loss of what is no refrigerant")
        }
        let masses: [(substance: Substance, mass: Mass)]
        if let composition = plan.factor?.factor {
            masses = try EmissionProduct.masses(of: plan.part.quantity, composition)
        } else if let gas = Refrigerant.species(leak.refrigerant) {
            let grams = try plan.part.quantity.ratio(in: .gram)
            masses = [(.gas(gas), try Mass(grams: grams, rounding: .halfEven))]
        } else {
            throw PostingError.calculationUnknown("the composition of '\(leak.refrigerant)'")
        }
        return masses.flatMap { substance, mass in
            emission(
                mass, of: substance, from: .fugitive, basis: .common, counterparty: "atmosphere")
        }
    }

    /// The mass that a supplier states, as it is.
    func statedEmission(_ plan: EntryPlan) throws -> [Posting] {
        guard case .statedEmission(let stated) = record.treatment else {
            throw PostingError.calculationUnknown("a statement of what states no emission")
        }
        let grams = try plan.part.quantity.ratio(in: .gram)
        return emission(
            try Mass(grams: grams, rounding: .halfEven), of: stated.substance, from: stated.source,
            basis: Basis(stated.method),
            counterparty: record.supplier?.rawValue ?? stated.provider)
    }
}

extension Basis {
    init(_ method: ActivityRecord.StatedEmission.Method) {
        switch method {
        case .common: self = .common
        case .location: self = .location
        case .market: self = .market
        }
    }
}

extension ActivityRecord {
    /// Whether there is nothing to post: no quantity, and no flow that only sums to none.
    var isEmpty: Bool {
        guard quantity.amount.isZero else { return false }
        guard case .refrigerantLeak(let leak) = treatment else { return true }
        return leak.added.isZero && leak.recovered.isZero
    }
}
