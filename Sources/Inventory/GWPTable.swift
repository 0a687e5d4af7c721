package import Quantities

/// The global warming potentials of one set, kg CO2e per kg of gas.
package struct GWPTable: Hashable, Sendable, Codable {
    package let set: GWPValueSet
    /// By species name; a blend has none, it is split before it is posted.
    package let values: [String: ExactDecimal]
    /// Publication and table.
    package let source: String

    package init(set: GWPValueSet, values: [String: ExactDecimal], source: String) {
        self.set = set
        self.values = values
        self.source = source
    }

    /// - Returns: `nil` for a gas the set does not value; CO2 is 1 and biogenic CO2 is 0 by
    ///   definition of the inventory (it stands outside the scopes).
    package func potential(of gas: Gas) -> ExactDecimal? {
        switch gas {
        case .carbonDioxide: .one
        case .biogenicCarbonDioxide: .zero
        case _: values[gas.name]
        }
    }
}

/// A refrigerant blend as mass shares of its species.
package struct RefrigerantBlend: Hashable, Sendable, Codable {
    /// ASHRAE designation, such as `R-410A`.
    package let name: String
    package let shares: [Share]
    package let source: String

    package struct Share: Hashable, Sendable, Codable {
        package let gas: Gas
        /// Fraction of the mass, 0…1; the shares of a blend sum to 1.
        package let fraction: ExactDecimal

        package init(gas: Gas, fraction: ExactDecimal) {
            self.gas = gas
            self.fraction = fraction
        }
    }

    package init(name: String, shares: [Share], source: String) {
        self.name = name
        self.shares = shares
        self.source = source
    }
}
