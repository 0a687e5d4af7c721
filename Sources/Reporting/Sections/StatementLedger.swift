internal import Inventory
internal import LedgerCore
internal import Quantification
internal import Quantities

/// Balances with the share of ownership applied, and their sums under a query.
struct StatementLedger {
    struct Line {
        let key: TrialBalance.Key
        let amount: ExactDecimal
    }

    /// In the order of accounts, so that every statement of one book is the same text.
    let lines: [Line]
    /// The same, since most figures are of one facility.
    private let byFacility: [FacilityID: [Line]]

    /// - Parameter share: The part of a facility that is consolidated, 0…1; the product is exact.
    init(
        _ balances: [TrialBalance], share: (FacilityID) -> ExactDecimal
    ) throws(StatementError) {
        var lines: [Line] = []
        for balance in balances {
            for (key, amount) in balance.balances {
                do throws(QuantityError) {
                    let part = try amount.multiplied(by: share(key.facility))
                    if !part.isZero { lines.append(Line(key: key, amount: part)) }
                } catch {
                    throw .arithmetic(error)
                }
            }
        }
        self.lines = lines.sorted { $0.key < $1.key }
        byFacility = Dictionary(grouping: self.lines, by: \.key.facility)
    }

    func lines(of query: AccountQuery) -> [Line] {
        candidates(of: query).filter { query.selects($0.key) }
    }

    func holds(_ query: AccountQuery) -> Bool {
        candidates(of: query).contains { query.selects($0.key) }
    }

    private func candidates(of query: AccountQuery) -> [Line] {
        query.facility.map { byFacility[$0] ?? [] } ?? lines
    }

    /// The sum in the unit of the commodity, positive on the query's side.
    func amount(_ query: AccountQuery) throws(StatementError) -> ExactDecimal {
        let total = try exactly(lines(of: query).map(\.amount))
        return query.sign == .credit ? total.negated : total
    }

    /// The sum in mg CO2e, exact, positive on the query's side.
    func carbonDioxideEquivalent(
        _ query: AccountQuery, _ valuation: Valuation
    ) throws(StatementError) -> ExactDecimal {
        var values: [ExactDecimal] = []
        for line in lines(of: query) {
            guard case .emission(let substance) = line.key.commodity else { continue }
            values.append(try valuation.exactValue(substance, line.amount))
        }
        let total = try exactly(values)
        return query.sign == .credit ? total.negated : total
    }

    /// The sum of energies in kWh.
    func kilowattHours(_ query: AccountQuery) throws(StatementError) -> ExactDecimal {
        var values: [ExactDecimal] = []
        for line in lines(of: query) {
            guard case .physical(let unit, _) = line.key.commodity else { continue }
            do throws(QuantityError) {
                let quantity = Quantity(line.amount, unit)
                values.append(
                    try quantity.converted(to: .kilowattHour, decimals: 6, rounding: .halfEven)
                        .amount)
            } catch {
                throw .arithmetic(error)
            }
        }
        let total = try exactly(values)
        return query.sign == .credit ? total.negated : total
    }

    /// The commodities with a balance under the query, in order.
    func commodities(_ query: AccountQuery) -> [Commodity] {
        Set(lines(of: query).map(\.key.commodity)).sorted()
    }

    func facilities() -> [FacilityID] { Set(lines.map(\.key.facility)).sorted() }
}

/// The exact sum, with the error of a statement.
func exactly(_ values: [ExactDecimal]) throws(StatementError) -> ExactDecimal {
    do { return try ExactDecimal.sum(values) } catch { throw .arithmetic(error) }
}

extension Valuation {
    func exactValue(
        _ substance: Substance, _ milligrams: ExactDecimal
    ) throws(StatementError) -> ExactDecimal {
        // Zero needs no potential: a gas that was booked and wholly reversed is not refused.
        if milligrams.isZero { return .zero }
        do {
            return try value(substance, milligrams: milligrams)
        } catch {
            throw .notValued(substance, table.set)
        }
    }
}
