package import Inventory
package import Quantities

package enum ValuationError: Error, Hashable, Sendable {
    /// The set has no potential for the gas.
    case unvalued(Gas, GWPValueSet)
    case overflow
}

/// Values masses of gas as CO2e under one GWP set, as a price list values commodities.
///
/// It happens when a statement is made; no posting depends on it.
package struct Valuation: Sendable {
    package let table: GWPTable

    package init(table: GWPTable) { self.table = table }

    /// The CO2e of a mass: exact, not rounded.
    ///
    /// - Parameter milligrams: Whole milligrams of the substance.
    /// - Returns: Milligrams of CO2e. CO2e of a source that gives nothing finer is taken as it is,
    ///   whatever its set: it cannot be revalued.
    /// - Throws: `unvalued` for a gas outside the set.
    package func value(
        _ substance: Substance, milligrams: ExactDecimal
    ) throws(ValuationError) -> ExactDecimal {
        switch substance {
        case .carbonDioxideEquivalent: return milligrams
        case .gas(let gas):
            guard let potential = table.potential(of: gas) else {
                throw .unvalued(gas, table.set)
            }
            do {
                return try milligrams.multiplied(by: potential)
            } catch {
                throw .overflow
            }
        }
    }
}
