/// A unit of measure with an exact ratio to the base unit of its dimension.
///
/// Base units: J, W, varh, g, L, m2, m, t·km, piece, s, and each currency its own.
///
/// A reference to what defines it: every posting and quantity has a unit, and its strings would be
/// most of what is copied with them.
package struct Unit: Sendable {
    private final class Definition: Sendable {
        let symbol: String
        let dimension: Dimension
        let ratio: Ratio
        let rec20: [String]
        let ucum: String?

        init(
            symbol: String, dimension: Dimension, ratio: Ratio, rec20: [String], ucum: String?
        ) {
            self.symbol = symbol
            self.dimension = dimension
            self.ratio = ratio
            self.rec20 = rec20
            self.ucum = ucum
        }
    }

    private let definition: Definition

    package init(
        symbol: String, dimension: Dimension, ratio: Ratio, rec20: [String] = [],
        ucum: String? = nil
    ) {
        definition = Definition(
            symbol: symbol, dimension: dimension, ratio: ratio, rec20: rec20, ucum: ucum)
    }

    /// The symbol used in books, messages and files of ours: `kWh`, `t`, `short ton`.
    package var symbol: String { definition.symbol }
    package var dimension: Dimension { definition.dimension }
    /// One of this unit in base units.
    package var ratio: Ratio { definition.ratio }
    /// UN/CEFACT Recommendation 20 or 21 common codes; the first is the one we write.
    package var rec20: [String] { definition.rec20 }
    /// The UCUM case-sensitive code, where there is one.
    package var ucum: String? { definition.ucum }
}

extension Unit: Hashable {
    package static func == (left: Unit, right: Unit) -> Bool {
        let (one, other) = (left.definition, right.definition)
        return one === other
            || one.symbol == other.symbol && one.dimension == other.dimension
                && one.ratio == other.ratio && one.rec20 == other.rec20 && one.ucum == other.ucum
    }

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
