package import Quantities

/// The global warming potentials of one set, kg CO2e per kg of gas.
package struct GWPTable: Hashable, Sendable {
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

extension GWPTable: Codable {
    private enum CodingKeys: String, CodingKey {
        case set, values, source
    }

    /// Names of gases are data, so they are values and no names of members.
    private struct Potential: Codable {
        let gas: String
        let value: ExactDecimal
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        set = try container.decode(GWPValueSet.self, forKey: .set)
        source = try container.decode(String.self, forKey: .source)
        var values: [String: ExactDecimal] = [:]
        for potential in try container.decode([Potential].self, forKey: .values) {
            guard values.updateValue(potential.value, forKey: potential.gas) == nil else {
                throw DecodingError.dataCorruptedError(
                    forKey: .values, in: container,
                    debugDescription: "'\(potential.gas)' has two potentials")
            }
        }
        self.values = values
    }

    /// An array of gas and value, in the order of the names.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(set, forKey: .set)
        try container.encode(source, forKey: .source)
        try container.encode(
            values.sorted { $0.key < $1.key }.map { Potential(gas: $0.key, value: $0.value) },
            forKey: .values)
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

extension RefrigerantBlend {
    /// The composition as a factor: kg of each species per kg of the blend, everywhere and always.
    package var composition: EmissionFactor {
        EmissionFactor(
            key: "refrigerant.\(name.lowercased()).composition", version: "1",
            name: "Composition of \(name)", activity: .refrigerant, role: .direct, region: "GLO",
            validFrom: CalendarMonth.earliest.firstDay, activityUnit: .kilogram,
            components: shares.map {
                EmissionFactor.Component(
                    substance: .gas($0.gas), amount: $0.fraction, unit: .kilogram)
            },
            source: EmissionFactor.Source(
                title: "Composition of refrigerant blends", publisher: source, edition: "1",
                place: name, retrievedFrom: "the record of the blend"),
            licence: EmissionFactor.Licence(name: "facts", attribution: "", redistribution: .yes))
    }
}
