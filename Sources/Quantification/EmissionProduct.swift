package import Inventory
package import Quantities

/// Quantity × factor: the masses an activity emits.
package enum EmissionProduct {
    /// The mass of each substance, in whole milligrams, in the order of the factor.
    ///
    /// Components of one substance are added before the one rounding (by default half-even
    /// at the milligram).
    ///
    /// - Throws: `dimensionMismatch` if quantity and factor measure different things, `overflow`.
    package static func masses(
        of quantity: Quantity, _ factor: EmissionFactor, rounding: RoundingRule = .halfEven
    ) throws(QuantityError) -> [(substance: Substance, mass: Mass)] {
        let units = try quantity.ratio(in: factor.activityUnit)
        var order: [Substance] = []
        var grams: [Substance: Ratio] = [:]
        for component in factor.components {
            let perUnit = try Quantity(component.amount, component.unit).ratio(in: .gram)
            if grams[component.substance] == nil { order.append(component.substance) }
            let product = try units.multiplied(by: perUnit)
            grams[component.substance] = try (grams[component.substance] ?? Ratio(0)).adding(
                product)
        }
        var masses: [(substance: Substance, mass: Mass)] = []
        for substance in order {
            guard let exact = grams[substance] else { continue }
            try masses.append((substance, Mass(grams: exact, rounding: rounding)))
        }
        return masses
    }
}
