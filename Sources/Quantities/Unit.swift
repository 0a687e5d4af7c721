/// A unit of measure with an exact ratio to the base unit of its dimension.
///
/// Base units: J, W, varh, g, L, m2, m, t·km, piece, s, and each currency its own.
package struct Unit: Hashable, Sendable {
    /// The symbol used in books, messages and files of ours: `kWh`, `t`, `short ton`.
    package let symbol: String
    package let dimension: Dimension
    /// One of this unit in base units.
    package let ratio: Ratio
    /// UN/CEFACT Recommendation 20 or 21 common codes; the first is the one we write.
    package let rec20: [String]
    /// The UCUM case-sensitive code, where there is one.
    package let ucum: String?

    package init(
        symbol: String, dimension: Dimension, ratio: Ratio, rec20: [String] = [],
        ucum: String? = nil
    ) {
        self.symbol = symbol
        self.dimension = dimension
        self.ratio = ratio
        self.rec20 = rec20
        self.ucum = ucum
    }
}

extension Unit {
    /// The symbol alone tells units apart well enough; balances are keyed by units, and hashing
    /// the codes would cost more than the rest of the key.
    package func hash(into hasher: inout Hasher) { hasher.combine(symbol) }
}

extension Unit: CustomStringConvertible {
    package var description: String { symbol }
}

extension Unit: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let symbol = try container.decode(String.self)
        guard let unit = UnitCatalog.unit(symbol: symbol) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "no unit has the symbol '\(symbol)'")
        }
        self = unit
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(symbol)
    }
}
