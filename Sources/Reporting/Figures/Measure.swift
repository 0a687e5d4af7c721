package import Inventory
package import Quantities

/// What a figure measures: the unit its exact value stands in, and the one it is shown in.
package enum Measure: Hashable, Sendable {
    /// Exact in mg CO2e, shown in t CO2e.
    case carbonDioxideEquivalent
    /// Exact in mg of a gas, shown in t of it.
    case gas(Gas)
    /// A balance of the journal in whole mg, shown as it is.
    case ledgerMass(Substance)
    /// Exact in the unit; energy is shown in MWh, anything else in the unit.
    case quantity(Unit)
    /// In percent, rounded to one decimal.
    case percentage

    package var exactSymbol: String {
        switch self {
        case .carbonDioxideEquivalent: "mg CO2e"
        case .gas(let gas): "mg \(gas)"
        case .ledgerMass(let substance): "mg \(substance)"
        case .quantity(let unit): unit.symbol
        case .percentage: "%"
        }
    }

    package var displaySymbol: String {
        switch self {
        case .carbonDioxideEquivalent: "t CO2e"
        case .gas(let gas): "t \(gas)"
        case .ledgerMass(let substance): "mg \(substance)"
        case .quantity(let unit): shown(unit).symbol
        case .percentage: "%"
        }
    }

    /// True for what the journal holds as it is; false for what a factor gave or would give.
    var isAsBooked: Bool {
        switch self {
        case .ledgerMass, .quantity: true
        case .carbonDioxideEquivalent, .gas, .percentage: false
        }
    }

    /// Digits after the point in the display.
    package var decimals: Int {
        switch self {
        case .carbonDioxideEquivalent, .quantity: 3
        case .gas: 6
        case .ledgerMass: 0
        case .percentage: 1
        }
    }

    /// The rounding of the display, named.
    package var rounding: String {
        switch self {
        case .carbonDioxideEquivalent: "half-even at the kilogram (0.001 t)"
        case .gas: "half-even at the gram (0.000001 t)"
        case .ledgerMass: "none: whole milligrams"
        case .quantity(let unit): "half-even at 0.001 \(shown(unit).symbol)"
        case .percentage: "half-even at 0.1 %"
        }
    }

    /// The value in the unit of display, rounded once.
    package func displayed(_ value: ExactDecimal) throws(QuantityError) -> ExactDecimal {
        switch self {
        case .carbonDioxideEquivalent, .gas:
            let tonnes = ExactDecimal(mantissa: value.mantissa, exponent: value.exponent - 9)
            return try tonnes.rounded(toDecimals: decimals, .halfEven)
        case .ledgerMass, .percentage:
            return try value.rounded(toDecimals: decimals, .halfEven)
        case .quantity(let unit):
            let ratio = try Quantity(value, unit).ratio(in: shown(unit))
            return try ratio.rounded(toDecimals: decimals, .halfEven)
        }
    }

    private func shown(_ unit: Unit) -> Unit {
        unit.dimension == .energy ? .megawattHour : unit
    }
}

/// Decimal text with a fixed number of digits after the point.
package enum NumberText {
    /// - Parameters:
    ///   - value: Has at most `decimals` digits after the point.
    ///   - grouping: Stands between groups of three digits; empty for none.
    package static func fixed(
        _ value: ExactDecimal, decimals: Int, grouping: String = "", minus: String = "-"
    ) -> String {
        let plain = value.magnitude.description
        let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        precondition(fraction.utf8.count <= decimals, "A value is rounded before it is written.")
        var text = grouped(String(parts[0]), by: grouping)
        if decimals > 0 {
            text +=
                "." + fraction + String(repeating: "0", count: decimals - fraction.utf8.count)
        }
        return (value.isNegative ? minus : "") + text
    }

    private static func grouped(_ digits: String, by separator: String) -> String {
        var groups: [Substring] = []
        var rest = Substring(digits)
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return ([rest] + groups).joined(separator: separator)
    }
}
