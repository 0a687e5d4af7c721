internal import Inventory
internal import LedgerCore
internal import Quantities

extension EntryMaker {
    /// Takes covered electricity out of the market basis as it was posted there: what an
    /// instrument of no emissions covers carries none. Where no factor was found, it takes the
    /// quantity out of what waits. Rounded toward zero: never more than was posted.
    func certificateCoverage(_ plan: EntryPlan) throws -> [Posting] {
        guard case .certificate(let certificate) = record.treatment else {
            throw PostingError.calculationUnknown("coverage by what is no certificate")
        }
        let facility = record.facility.rawValue
        let electricity = ActivityCode.electricity.rawValue
        guard let factor = plan.factor?.factor else {
            let segments = [FactorRole.market.rawValue, electricity]
            let commodity = Commodity.physical(plan.part.quantity.unit, of: nil)
            let amount = plan.part.quantity.amount
            return [
                .debit(
                    Account(.control, ["unresolved-factor-contra"] + segments), amount, commodity,
                    basis: .market),
                .credit(
                    Account(.control, ["unresolved-factor"] + segments), amount, commodity,
                    basis: .market),
            ]
        }
        let object = Account(.object, [facility, "use", "B6", electricity])
        var postings: [Posting] = []
        for (substance, mass) in try EmissionProduct.masses(
            of: plan.part.quantity, factor, rounding: .towardZero)
        {
            let amount = ExactDecimal(mass.milligrams)
            let commodity = Commodity.emission(substance)
            let source = Account.source(Self.source(of: substance, else: .purchasedElectricity))
            postings.append(
                .debit(
                    source, amount, commodity, basis: .market, counterparty: certificate.registry))
            postings.append(.credit(object, amount, commodity, basis: .market))
        }
        return postings
    }
}
